#include "tests/architecture/include_rules.hpp"

#include <array>
#include <optional>
#include <regex>
#include <sstream>

namespace vereda::tests {
namespace {

/// Folders from left to right; those of one rank may not include each other.
constexpr std::array<std::array<std::string_view, 2>, 8> kRanks{{{"geo", ""},
                                                                 {"optimise", ""},
                                                                 {"raster", ""},
                                                                 {"regions", ""},
                                                                 {"livelihoods", ""},
                                                                 {"simulate", "evidence"},
                                                                 {"report", ""},
                                                                 {"app", ""}}};

std::optional<std::size_t> rank_of(std::string_view folder) {
    for (std::size_t rank = 0; rank < kRanks.size(); ++rank)
        if (folder == kRanks[rank][0] || (!kRanks[rank][1].empty() && folder == kRanks[rank][1])) return rank;
    return std::nullopt;
}

bool sees_everything(std::string_view folder) {
    return folder == "tests" || folder == "bench";
}

/// A third-party library and the only folders that may name it.
struct Home {
    const char* headers;
    std::vector<std::string_view> folders;
};

const std::vector<Home>& homes() {
    static const std::vector<Home> list = {{"^(gdal|ogr|cpl|vrt|gnm)[a-z0-9_]*\\.h$", {"geo/io", "raster/io"}},
                                           {"^(proj|proj_experimental|geodesic|geos_c)\\.h$", {"geo", "geo/io"}},
                                           {"^(tbb|oneapi)/", {"geo"}},
                                           {"^boost/(geometry|polygon)", {"geo"}},
                                           {"^Eigen/", {"regions", "livelihoods"}},
                                           {"^(sodium|xlsxwriter)\\.h$", {"geo/io", "evidence", "evidence/io"}},
                                           {"^qrencode\\.h$", {"evidence"}},
                                           {"^(CLI/|toml\\+\\+/|toml\\.hpp|spdlog/)", {"app", "app/formats"}},
                                           {"^nlohmann/", {"report", "app", "app/formats", "app/commands", "geo/io"}},
                                           {"^lemon/|^coin/", {"optimise", "optimise/lemon"}}};
    return list;
}

std::string place(const SourceFile& file, const Include& include) {
    return file.path + ":" + std::to_string(include.line) + " includes " + include.target;
}

std::optional<std::string> broken_by_own_header(const SourceFile& file, const Include& include) {
    const std::string_view folder = first_folder(file.path);
    const std::string_view target = first_folder(include.target);
    if (target == "tests" && !sees_everything(folder)) return place(file, include) + ", a header of the tests";
    if (!rank_of(target) && !sees_everything(target))
        return place(file, include) + ", which is not written from the root or is no folder of ours";
    if (sees_everything(folder)) return std::nullopt;
    const auto from = rank_of(folder);
    if (!from) return place(file, include) + " from a folder that is in no layer";
    const auto to = rank_of(target);
    if (*to > *from) return place(file, include) + ", a layer to its right";
    if (*to == *from && folder != target) return place(file, include) + ", a layer beside it";
    if (include.target.find("/io/") != std::string::npos) {
        const bool io_to_io = folder_of(file.path).ends_with("/io");
        if (folder != "app" && folder != "evidence" && !io_to_io)
            return place(file, include) + ", which reads and writes files: only app, evidence and tests may";
    }
    return std::nullopt;
}

std::optional<std::string> broken_by_third_party(const SourceFile& file, const Include& include) {
    if (sees_everything(first_folder(file.path))) return std::nullopt;
    for (const Home& home : homes()) {
        if (!std::regex_search(include.target, std::regex(home.headers))) continue;
        for (const std::string_view folder : home.folders)
            if (folder_of(file.path) == folder) return std::nullopt;
        return place(file, include) + " away from that library's home";
    }
    return std::nullopt;
}

}  // namespace

std::vector<Include> includes_of(const SourceFile& file) {
    static const std::regex pattern("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]");
    std::vector<Include> result;
    std::istringstream lines(without_comments(file.text));
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        std::smatch match;
        if (std::regex_search(line, match, pattern)) result.push_back({number, match[1] == "\"", match[2]});
    }
    return result;
}

std::vector<std::string> broken_include_rules(std::span<const SourceFile> files) {
    std::vector<std::string> broken;
    for (const SourceFile& file : files) {
        if (!is_cpp(file.path)) continue;
        for (const Include& include : includes_of(file)) {
            const auto problem =
                include.quoted ? broken_by_own_header(file, include) : broken_by_third_party(file, include);
            if (problem) broken.push_back(*problem);
        }
    }
    return broken;
}

}  // namespace vereda::tests
