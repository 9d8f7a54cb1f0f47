#include <algorithm>

#include "tests/architecture/include_rules.hpp"
#include "tests/support/catch.hpp"

using namespace vereda::tests;

namespace {

std::vector<std::string> broken_by(const std::string& path, const std::string& include) {
    const std::vector<SourceFile> files = {{path, "#pragma once\n#include " + include + "\n"}};
    return broken_include_rules(files);
}

}  // namespace

TEST_CASE("no folder includes a layer to its right, and no library leaves its home") {
    for (const std::string& problem : broken_include_rules(source_tree()))
        FAIL_CHECK(problem);
    // The walk really saw the tree.
    const auto sources = std::count_if(source_tree().begin(), source_tree().end(),
                                       [](const SourceFile& file) { return is_cpp(file.path); });
    CHECK(sources > 50);
}

TEST_CASE("every forbidden arrow is found") {
    const std::vector<std::pair<std::string, std::string>> forbidden = {{"geo/a.hpp", "\"raster/b.hpp\""},
                                                                        {"raster/a.cpp", "\"regions/b.hpp\""},
                                                                        {"regions/a.cpp", "\"livelihoods/b.hpp\""},
                                                                        {"livelihoods/a.cpp", "\"report/b.hpp\""},
                                                                        {"simulate/a.cpp", "\"evidence/b.hpp\""},
                                                                        {"evidence/a.cpp", "\"simulate/b.hpp\""},
                                                                        {"report/a.cpp", "\"app/b.hpp\""},
                                                                        {"optimise/a.cpp", "\"raster/b.hpp\""},
                                                                        {"regions/a.cpp", "\"geo/io/b.hpp\""},
                                                                        {"report/a.cpp", "\"raster/io/b.hpp\""},
                                                                        {"simulate/a.cpp", "\"raster/io/b.hpp\""},
                                                                        {"geo/a.cpp", "\"tests/support/b.hpp\""},
                                                                        {"geo/a.cpp", "\"b.hpp\""},
                                                                        {"geo/a.cpp", "\"../geo/b.hpp\""},
                                                                        {"raster/zonal.cpp", "<gdal_priv.h>"},
                                                                        {"app/a.cpp", "<ogr_api.h>"},
                                                                        {"regions/a.cpp", "<cpl_conv.h>"},
                                                                        {"raster/a.cpp", "<proj.h>"},
                                                                        {"regions/a.cpp", "<geos_c.h>"},
                                                                        {"report/a.cpp", "<CLI/CLI.hpp>"},
                                                                        {"report/a.cpp", "<toml++/toml.h>"},
                                                                        {"regions/a.cpp", "<nlohmann/json.hpp>"}};
    for (const auto& [path, include] : forbidden) {
        INFO(path << " with " << include);
        CHECK(broken_by(path, include).size() == 1);
    }
}

TEST_CASE("allowed arrows pass, and comments are no includes") {
    const std::vector<std::pair<std::string, std::string>> allowed = {
        {"regions/a.cpp", "\"geo/b.hpp\""},      {"raster/io/a.cpp", "\"geo/io/b.hpp\""},
        {"raster/io/a.cpp", "\"raster/b.hpp\""}, {"app/commands/a.cpp", "\"geo/io/b.hpp\""},
        {"evidence/a.cpp", "\"geo/io/b.hpp\""},  {"tests/regions/a.cpp", "\"geo/io/b.hpp\""},
        {"report/a.cpp", "\"simulate/b.hpp\""},  {"raster/io/a.cpp", "<gdal_priv.h>"},
        {"regions/a.cpp", "<fmt/format.h>"},     {"geo/a.cpp", "<geos_c.h>"}};
    for (const auto& [path, include] : allowed) {
        INFO(path << " with " << include);
        CHECK(broken_by(path, include).empty());
    }
    const std::vector<SourceFile> commented = {
        {"geo/a.hpp", "// #include \"app/b.hpp\"\n/*\n#include \"app/c.hpp\"\n*/\n"}};
    CHECK(broken_include_rules(commented).empty());
}
