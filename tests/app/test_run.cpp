#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"

using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::StudyFixture;
namespace fs = std::filesystem;

namespace {

ProgramResult program(std::vector<std::string> arguments) {
    return run_program(VEREDA_PROGRAM, arguments);
}

long lines_of(const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
}

std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) names.insert(fs::relative(entry.path(), folder).string());
    }
    return names;
}

/// Every file of an output but the log of times.
std::map<std::string, std::string> contents_of(const fs::path& folder) {
    std::map<std::string, std::string> contents;
    for (const std::string& name : names_in(folder)) {
        if (name != "run.log.json") contents[name] = bytes_of(folder / name);
    }
    return contents;
}

}  // namespace

TEST_CASE("run writes the whole layout, and nothing beside it") {
    const StudyFixture study;
    const std::set<std::string> before = names_in(study.folder().path());
    const ProgramResult result = program({"run", study.study(), "-o", study.path("out")});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const std::set<std::string> written = names_in(study.path("out"));
    for (const char* name :
         {"report-internal.html", "vereda-internal.gpkg", "diagnostics.csv", "run.json", "run.log.json",
          "tables/datapackage.json", "tables/plot_area.csv", "tables/loss.csv", "tables/coverage.csv"}) {
        CHECK(written.contains(name));
    }
    CHECK_FALSE(fs::exists(study.path("out") + "/public"));
    std::set<std::string> after = names_in(study.folder().path());
    for (const std::string& name : written)
        after.erase("out/" + name);
    CHECK(after == before);
}

TEST_CASE("the plot across a border is split between its regions and years are kept apart") {
    const StudyFixture study;
    REQUIRE(program({"run", study.study(), "-o", study.path("out")}).exit_code == 0);
    const std::string table = bytes_of(study.path("out") + "/tables/plot_area.csv");
    // Four regions and two years, and the header.
    CHECK(lines_of(table) == 9);
    CHECK_THAT(table, ContainsSubstring("R1,Vereda 1,2016,coca,2,"));
    CHECK_THAT(table, ContainsSubstring("R1,Vereda 1,2017,coca,3,"));
    CHECK_THAT(table, ContainsSubstring("R2,Vereda 2,2017,coca,3,"));
    CHECK_THAT(table, ContainsSubstring("R4,Vereda 4,2016,coca,0,0"));
}

TEST_CASE("surveys of two years that read one file need its column of years") {
    const StudyFixture study;
    study.replace("study.toml", "plots_2017.geojson", "plots_2016.geojson");
    ProgramResult result = program({"check", study.study()});
    CHECK(result.exit_code == 0);
    // A column of another name, and nobody says so: each survey would take every plot.
    std::string plots = bytes_of(study.path("plots_2016.geojson"));
    for (std::size_t at = plots.find("\"year\""); at != std::string::npos; at = plots.find("\"year\"", at))
        plots.replace(at, 6, "\"anio\"");
    study.write("plots_2016.geojson", plots);
    result = program({"check", study.study()});
    CHECK(result.exit_code == 1);
    CHECK_THAT(result.out, ContainsSubstring("year"));
}

TEST_CASE("an outline that wraps around the 180° meridian is refused, not turned inside out") {
    const StudyFixture study;
    study.write("regions.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature",
"properties":{"code":"R1","name":"Uno","municipality":"M"},"geometry":{"type":"Polygon",
"coordinates":[[[179.9,-17],[-179.9,-17],[-179.9,-16.9],[179.9,-16.9],[179.9,-17]]]}}]})");
    const ProgramResult result = program({"check", study.study()});
    CHECK(result.exit_code == 1);
    CHECK_THAT(result.out, ContainsSubstring("180"));
}

TEST_CASE("two runs give the same bytes, whatever the threads and the folder's name") {
    const StudyFixture study;
    REQUIRE(program({"run", study.study(), "-o", study.path("one"), "-j", "1"}).exit_code == 0);
    REQUIRE(program({"run", study.study(), "-o", study.path("two"), "-j", "4"}).exit_code == 0);
    const auto one = contents_of(study.path("one"));
    const auto two = contents_of(study.path("two"));
    REQUIRE(one.size() == two.size());
    for (const auto& [name, bytes] : one) {
        INFO(name);
        CHECK(two.at(name) == bytes);
    }
}

TEST_CASE("no output names the folder in which the study lies") {
    const StudyFixture study;
    REQUIRE(program({"run", study.study(), "-o", study.path("out"), "--audience", "public"}).exit_code == 0);
    for (const auto& [name, bytes] : contents_of(study.path("out"))) {
        INFO(name);
        CHECK(bytes.find(study.folder().path().string()) == std::string::npos);
    }
}

TEST_CASE("an existing output is refused without --overwrite and left as it was") {
    const StudyFixture study;
    REQUIRE(program({"run", study.study(), "-o", study.path("out")}).exit_code == 0);
    const auto before = contents_of(study.path("out"));
    const ProgramResult again = program({"run", study.study(), "-o", study.path("out")});
    CHECK(again.exit_code == 2);
    CHECK(lines_of(again.err) == 1);
    CHECK(contents_of(study.path("out")) == before);
    CHECK(program({"run", study.study(), "-o", study.path("out"), "--overwrite"}).exit_code == 0);
    CHECK(contents_of(study.path("out")) == before);
}

TEST_CASE("a folder that vereda did not write is never replaced") {
    const StudyFixture study;
    study.write("mine/letter.txt", "dear");
    const ProgramResult result = program({"run", study.study(), "-o", study.path("mine"), "--overwrite"});
    CHECK(result.exit_code == 2);
    CHECK(bytes_of(study.path("mine/letter.txt")) == "dear");
    CHECK(names_in(study.path("mine")).size() == 1);
}

TEST_CASE("a run that fails leaves the earlier output as it was and nothing beside it") {
    const StudyFixture study;
    REQUIRE(program({"run", study.study(), "-o", study.path("out")}).exit_code == 0);
    const auto before = contents_of(study.path("out"));
    study.replace("plots_2017.geojson", "\"P3\"", "\"P2\"");
    const ProgramResult result = program({"run", study.study(), "-o", study.path("out"), "--overwrite"});
    CHECK(result.exit_code == 3);
    CHECK(lines_of(result.err) == 1);
    CHECK_THAT(result.err, ContainsSubstring("P2"));
    CHECK(contents_of(study.path("out")) == before);
    for (const fs::directory_entry& entry : fs::directory_iterator(study.folder().path())) {
        CHECK_FALSE(entry.path().filename().string().starts_with(".tmp-"));
    }
}

TEST_CASE("the public folder comes with --audience public alone and holds no plot and no household") {
    const StudyFixture study;
    const ProgramResult result = program({"run", study.study(), "-o", study.path("out"), "--audience", "public"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    REQUIRE(fs::exists(study.path("out") + "/public/report.html"));
    for (const auto& [name, bytes] : contents_of(study.path("out") + "/public")) {
        INFO(name);
        CHECK(bytes.find("H12") == std::string::npos);
        CHECK(bytes.find("72.995") == std::string::npos);
    }
}

TEST_CASE("a survey by classes measures the class's cells") {
    const StudyFixture study;
    // Two patches of class 3: one cell, and a block of two by two with one that touches it at a corner.
    std::string grid = "ncols 40\nnrows 40\nxllcorner -73.0\nyllcorner 4.0\ncellsize 0.001\nNODATA_value 255\n";
    for (int row = 0; row < 40; ++row) {
        for (int col = 0; col < 40; ++col) {
            const bool crop = (row == 5 && col == 5) || ((row == 10 || row == 11) && (col == 10 || col == 11)) ||
                              (row == 12 && col == 12);
            grid += crop ? "3 " : "1 ";
        }
        grid += "\n";
    }
    study.write("classes.asc", grid);
    study.write("classes.prj", bytes_of(study.path("lossyear.prj")));
    study.replace("study.toml", "plots = \"plots_2017.geojson\"",
                  "classes = \"classes.asc\"\ncrop_class = 3\nconnectivity = 8");
    const ProgramResult result = program({"run", study.study(), "-o", study.path("out")});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const std::string table = bytes_of(study.path("out") + "/tables/plot_area.csv");
    CHECK_THAT(table, ContainsSubstring("R1,Vereda 1,2017,coca,2,"));
    study.replace("study.toml", "connectivity = 8", "connectivity = 4");
    REQUIRE(program({"run", study.study(), "-o", study.path("out"), "--overwrite"}).exit_code == 0);
    CHECK_THAT(bytes_of(study.path("out") + "/tables/plot_area.csv"), ContainsSubstring("R1,Vereda 1,2017,coca,3,"));
}

TEST_CASE("the json option prints one line and nothing else") {
    const StudyFixture study;
    const ProgramResult result = program({"run", study.study(), "-o", study.path("out"), "--json"});
    REQUIRE(result.exit_code == 0);
    CHECK(lines_of(result.out) == 1);
    CHECK(result.out.starts_with("{\"study\":\"Fixture\""));
}
