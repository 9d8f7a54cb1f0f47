#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda::tests;
namespace fs = std::filesystem;

namespace {

const std::string python = "/usr/bin/python3";

ProgramResult in_python(const std::vector<std::string>& arguments) {
    ProgramOptions options;
    options.environment = {{"QT_QPA_PLATFORM", "offscreen"}, {"XDG_RUNTIME_DIR", "/tmp"}};
    options.timeout = std::chrono::seconds(120);
    return run_program(python, arguments, options);
}

}  // namespace

TEST_CASE("QGIS opens every layer with its style and aliases, and the project in groups") {
    if (in_python({"-c", "import qgis.core"}).exit_code != 0) {
        WARN("python3-qgis is not here (scripts/install-deps --peers): layers were not opened in QGIS");
        return;
    }
    const TemporaryFolder folder;
    const fs::path source = VEREDA_SOURCE_DIR;
    const std::string out = folder / "out";
    ProgramOptions options;
    options.timeout = std::chrono::seconds(200);
    REQUIRE(run_program(VEREDA_PROGRAM,
                        {"run", (source / "sample_data" / "valle" / "study.toml").string(), "-o", out, "-q"}, options)
                .exit_code == 0);
    const ProgramResult result =
        in_python({(source / "tests" / "app" / "qgis_layers.py").string(), out + "/vereda-internal.gpkg",
                   out + "/vereda-internal.qgs", out + "/rasters/travel_time.tif"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const auto found = nlohmann::json::parse(result.out);
    REQUIRE(found["layers"].size() > 20);
    for (const auto& [name, layer] : found["layers"].items()) {
        INFO(name << ": " << layer.dump());
        CHECK(layer["valid"].get<bool>());
        CHECK(layer["styled"].get<bool>());
        CHECK(layer["renderer"] != "singleSymbol");
        CHECK(layer["aliases"] == layer["fields"]);
    }
    CHECK(found["layers"]["regions"]["labels"].get<bool>());
    for (const auto& [path, raster] : found["rasters"].items()) {
        INFO(raster.dump());
        CHECK(raster["styled"].get<bool>());
        CHECK(raster["renderer"] == "singlebandpseudocolor");
    }
    const auto& project = found["project"];
    CHECK(project["read"].get<bool>());
    CHECK(project["crs"].get<bool>());
    CHECK(project["layers"].size() == found["layers"].size() + 4);  // four travel times
    for (const auto& [id, layer] : project["layers"].items()) {
        INFO(id << ": " << layer.dump());
        CHECK(layer["valid"].get<bool>());
        CHECK(layer["crs"].get<bool>());
        CHECK(id.starts_with("vereda_"));
        CHECK(layer["renderer"] != "singleSymbol");
    }
    CHECK(project["groups"].size() == 6);
    CHECK(project["shown"].get<int>() >= 4);
    CHECK(project["colours"].get<int>() > 5);
}
