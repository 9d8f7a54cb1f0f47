#include "app/file_reference.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <vector>

#include "geo/error.hpp"
#include "geo/nearest_name.hpp"

namespace vereda::app {

using namespace geo;
namespace fs = std::filesystem;

namespace {

bool is_scheme_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '_' ||
           c == '.' || c == '-';
}

/// "PG" of "PG:dbname=x", lower case; empty where there is none. One letter before a colon is no scheme.
std::string scheme_of(const std::string& text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos || colon < 2 ||
        !std::all_of(text.begin(), text.begin() + static_cast<long>(colon), is_scheme_character))
        return {};
    std::string scheme = text.substr(0, colon);
    std::ranges::transform(scheme, scheme.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return scheme;
}

/// A colon inside a file name ("2017:final.gpkg") is no scheme when such a file can be meant.
bool names_file_with_colon(const std::string& text) {
    const std::size_t colon = text.find(':');
    const std::size_t dot = text.find('.');
    return dot != std::string::npos && dot < colon;
}

bool reaches_network(const std::string& written) {
    constexpr std::array<std::string_view, 22> schemes{
        "http",   "https", "ftp",   "ftps",     "ws", "wms", "wfs", "wfs3", "wcs",        "wmts", "oapif",
        "ogcapi", "es",    "carto", "plscenes", "s3", "gs",  "az",  "csw",  "amigocloud", "ngw",  "eeda"};
    constexpr std::array<std::string_view, 9> file_systems{
        "/vsicurl", "/vsis3", "/vsigs", "/vsiaz", "/vsiadls", "/vsioss", "/vsiswift", "/vsihdfs", "/vsiwebhdfs"};
    const std::string scheme = scheme_of(written);
    const bool by_scheme = std::ranges::find(schemes, scheme) != schemes.end();
    const bool by_text = written.find("://") != std::string::npos;
    const bool by_file_system = std::ranges::any_of(
        file_systems, [&](std::string_view name) { return written.find(name) != std::string::npos; });
    return by_scheme || by_text || by_file_system;
}

Error missing_file(const std::string& written, const fs::path& path) {
    std::vector<std::string> neighbours;
    std::error_code error;
    for (fs::directory_iterator entry(path.parent_path(), error), end;
         !error && entry != end && neighbours.size() < 1000; entry.increment(error)) {
        neighbours.push_back(entry->path().filename().string());
    }
    std::ranges::sort(neighbours);
    if (const auto nearest = nearest_name(path.filename().string(), neighbours)) {
        return {ErrorKind::input, {"study.file_missing_nearest"_msg, {{"path", written}, {"nearest", *nearest}}}};
    }
    return {ErrorKind::input, {"study.file_missing"_msg, {{"path", written}}}};
}

}  // namespace

bool names_raster(const std::string& written) {
    constexpr std::array<std::string_view, 8> endings{".tif", ".tiff", ".jp2", ".nc", ".ers", ".asc", ".png", ".img"};
    std::string text = written;
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const std::size_t colon = text.rfind(':');
    const bool has_band = colon != std::string::npos && colon + 1 < text.size() &&
                          text.find_first_not_of("0123456789", colon + 1) == std::string::npos;
    if (has_band) text.resize(colon);
    return std::ranges::any_of(endings, [&](std::string_view ending) { return text.ends_with(ending); });
}

bool is_reference(const std::string& written) {
    if (written.starts_with("/vsi") || written.starts_with("<") || written.find("://") != std::string::npos)
        return true;
    return !scheme_of(written).empty() && !names_file_with_colon(written);
}

std::string resolved_path(const std::string& written, const fs::path& folder, bool allow_references) {
    if (is_reference(written)) {
        if (reaches_network(written)) throw Error(ErrorKind::policy, {"reference.network"_msg, {{"path", written}}});
        if (!allow_references) throw Error(ErrorKind::policy, {"reference.refused"_msg, {{"path", written}}});
        return written;
    }
    const std::size_t sheet = written.find('|');
    const fs::path path = (folder / written.substr(0, sheet)).lexically_normal();
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found || status.type() == fs::file_type::none)
        throw missing_file(written, path);
    if (status.type() != fs::file_type::regular)
        throw Error(ErrorKind::input, {"study.not_a_file"_msg, {{"path", written}}});
    return path.string() + (sheet == std::string::npos ? "" : written.substr(sheet));
}

}  // namespace vereda::app
