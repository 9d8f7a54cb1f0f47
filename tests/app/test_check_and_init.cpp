#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/input_tables.hpp"
#include "app/study_template.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/io/feature_writer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"

using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::StudyFixture;
using vereda::tests::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

ProgramResult program(const std::vector<std::string>& arguments) {
    return run_program(VEREDA_PROGRAM, arguments);
}

long lines_of(const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
}

}  // namespace

TEST_CASE("check says that a good study is good and writes nothing") {
    const StudyFixture study;
    const auto files = std::distance(fs::directory_iterator(study.folder().path()), fs::directory_iterator());
    const ProgramResult result = program({"check", study.study()});
    INFO(result.out + result.err);
    CHECK(result.exit_code == 0);
    CHECK(lines_of(result.out) == 1);
    CHECK(std::distance(fs::directory_iterator(study.folder().path()), fs::directory_iterator()) == files);
}

TEST_CASE("check lists the problems of every source at once, one line each, and exits 1") {
    const StudyFixture study;
    study.replace("study.toml", "kind = \"park\"", "kind = \"garden\"");
    study.replace("plots_2016.geojson", "\"P2\"", "\"P1\"");
    study.replace("regions.geojson", "\"R2\"", "\"R1\"");
    study.replace("households.csv", "2015-02-10", "2015-02-30");
    study.write("lossyear.asc", "no raster");
    const ProgramResult result = program({"check", study.study()});
    INFO(result.out);
    CHECK(result.exit_code == 1);
    CHECK(lines_of(result.out) == 5);
    for (const char* word : {"garden", "P1", "R1", "2015-02-30", "lossyear.asc"})
        CHECK_THAT(result.out, ContainsSubstring(word));
    const ProgramResult json = program({"check", study.study(), "--json"});
    CHECK(json.exit_code == 1);
    CHECK(nlohmann::json::parse(json.out)["problems"].size() == 5);
}

TEST_CASE("check tells every faulty row of a register, each once, and goes on to the good ones") {
    const StudyFixture study;
    study.write("households.csv",
                "household_id,region_id,registered_on,members\n"
                "H1,R1,2016-02-30,4\n"
                "H2,R1,2016-02-28,many\n"
                "H3,,2016-02-28,4\n"
                "H4,R1,2016-02-28,4\n");
    const ProgramResult result = program({"check", study.study()});
    INFO(result.out);
    CHECK(result.exit_code == 1);
    CHECK(lines_of(result.out) == 3);
    for (const char* word : {"2016-02-30", "many", "line 4"})
        CHECK_THAT(result.out, ContainsSubstring(word));
}

TEST_CASE("check counts broken TOML as a problem, run refuses it") {
    const StudyFixture study;
    study.write("study.toml", "[study\n");
    CHECK(program({"check", study.study()}).exit_code == 1);
    const ProgramResult result = program({"run", study.study(), "-o", study.path("out")});
    CHECK(result.exit_code == 3);
    CHECK(lines_of(result.err) == 1);
    CHECK_FALSE(fs::exists(study.path("out")));
}

TEST_CASE("init writes a template for every input table, and the study is good once its regions are drawn") {
    const TemporaryFolder folder;
    REQUIRE(program({"init", folder / "new", "-q"}).exit_code == 0);
    const auto layers = vereda::geo::io::layer_names(folder / "new/layers.gpkg", false);
    for (const auto& table : vereda::app::input_tables()) {
        INFO(table.name);
        if (table.geometry.empty()) {
            CHECK(fs::exists(folder / ("new/" + std::string(table.name) + ".csv")));
        } else {
            CHECK(std::ranges::find(layers, table.name) != layers.end());
        }
    }
    auto templates = vereda::app::layer_templates();
    auto& regions = *std::ranges::find(templates, "regions", &vereda::geo::io::LayerToWrite::name);
    std::vector<vereda::geo::Value> values(regions.schema.fields.size());
    values[0] = std::string("R1");
    values[1] = std::string("Vereda uno");
    const vereda::geo::Ring square{{-73, 4}, {-72.98, 4}, {-72.98, 4.02}, {-73, 4.02}, {-73, 4}};
    regions.features.push_back({1, vereda::geo::Geometry(vereda::geo::MultiPolygon{{square, {}}}), values});
    vereda::geo::io::write_layers(folder / "new/layers.gpkg", {regions});
    const ProgramResult check = program({"check", folder / "new/study.toml"});
    INFO(check.out);
    CHECK(check.exit_code == 0);
}

TEST_CASE("init writes a study and its tables, and refuses a folder that is not empty") {
    const TemporaryFolder folder;
    const ProgramResult result = program({"init", folder / "new", "--lang", "es"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK_THAT(bytes_of(folder / "new/study.toml"), ContainsSubstring("nombre del estudio"));
    CHECK(bytes_of(folder / "new/prices.csv") == "month,good,price,unit,currency,region_id\n");
    CHECK_THAT(bytes_of(folder / "new/households.csv"), ContainsSubstring("household_id,region_id,group"));
    // What is missing is its data, and check says so.
    const ProgramResult check = program({"check", folder / "new/study.toml"});
    CHECK(check.exit_code == 1);
    CHECK(lines_of(check.out) == 1);
    CHECK_THAT(check.out, ContainsSubstring("layers.gpkg"));

    folder.write("full/letter.txt", "dear");
    CHECK(program({"init", folder / "full"}).exit_code == 2);
    CHECK_FALSE(fs::exists(folder / "full/study.toml"));
    CHECK(program({"init", folder / "full", "--overwrite"}).exit_code == 0);
    CHECK(fs::exists(folder / "full/study.toml"));
    CHECK(bytes_of(folder / "full/letter.txt") == "dear");
}
