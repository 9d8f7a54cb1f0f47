#include "geo/io/source_path.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <string_view>

#include "geo/error.hpp"
#include "geo/io/input_file.hpp"

namespace vereda::geo::io {

namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

Error refused(MessageId id, const std::string& path) {
    Locus locus;
    locus.file = path;
    return Error(ErrorKind::policy, {id, {}}, locus);
}

bool on_a_network(const std::string& low) {
    static constexpr std::array<std::string_view, 13> marks = {
        "/vsicurl", "/vsis3",      "/vsigs",  "/vsiaz",   "/vsiadls", "/vsioss", "/vsiswift",
        "/vsihdfs", "/vsiwebhdfs", "http://", "https://", "ftp://",   "ftps://"};
    return std::ranges::any_of(marks, [&](std::string_view mark) { return low.find(mark) != std::string::npos; });
}

/// "PG:…", "WFS:…": at least two letters before the colon, as one letter could be a drive.
bool is_connection(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon < 2) return false;
    return std::ranges::all_of(text.substr(0, colon), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == '+' || c == '-' || c == '.';
    });
}

SourcePath reference(const std::string& path, bool allow_references) {
    const std::string low = lower(path);
    SourcePath source{path, path, {}, false, low.starts_with("pg:")};
    if (on_a_network(low)) throw refused("source.network"_msg, path);
    const bool archive = low.starts_with("/vsizip/") || low.starts_with("/vsitar/") || low.starts_with("/vsigzip/");
    if (!allow_references || !(archive || source.database)) throw refused("source.reference"_msg, path);
    return source;
}

}  // namespace

SourcePath source_path(const std::string& path, bool allow_references) {
    SourcePath source{path, path, {}, true, false};
    if (!exists(path)) {
        const std::size_t bar = path.rfind('|');
        if (bar != std::string::npos && exists(path.substr(0, bar))) {
            source.shown = path.substr(0, bar);
            source.part = path.substr(bar + 1);
        } else if (path.starts_with("/vsi") || path.starts_with('<') || path.starts_with('{') || is_connection(path)) {
            return reference(path, allow_references);
        }
    }
    require_regular_file(source.shown);
    source.location = std::filesystem::absolute(source.shown).string();
    return source;
}

std::string ending_of(const std::string& path) {
    return lower(std::filesystem::path(path).extension().string());
}

}  // namespace vereda::geo::io
