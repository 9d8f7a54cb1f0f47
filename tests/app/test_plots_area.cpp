#include <fmt/format.h>
#include <cmath>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/csv_rows.hpp"
#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"

using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::csv_rows;
using vereda::tests::CsvRow;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::StudyFixture;

namespace {

std::vector<CsvRow> rows_of(const std::string& path) {
    return csv_rows(bytes_of(path));
}

CsvRow row_at(const std::vector<CsvRow>& rows, const std::string& region, const std::string& year) {
    for (const CsvRow& row : rows) {
        if (row.at("region_id") == region && row.at("year") == year) return row;
    }
    FAIL("no row of " << region << " in " << year);
    return {};
}

/// Whole square metres of a printed area.
long long square_metres(const std::string& hectares) {
    return std::llround(std::stod(hectares) * 10'000);
}

ProgramResult plots_area(const StudyFixture& study, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"plots", "area", study.study(), "--overwrite", "-o", study.path("out")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(VEREDA_PROGRAM, arguments);
}

/// Seen in the eastern half of a mask only; 1 is seen, 0 is cloud.
void write_mask(const StudyFixture& study) {
    std::string grid = "ncols 4\nnrows 4\nxllcorner -73.0\nyllcorner 4.0\ncellsize 0.01\nNODATA_value 255\n";
    for (int row = 0; row < 4; ++row)
        grid += "0 255 1 1\n";
    study.write("cloud.asc", grid);
    study.write("cloud.prj", bytes_of(study.path("lossyear.prj")));
}

}  // namespace

TEST_CASE("plots area keeps every step apart, and printed steps taken back give the raw area exactly") {
    const StudyFixture study;
    study.replace("study.toml", "plots = \"plots_2017.geojson\"",
                  "plots = \"plots_2017.geojson\"\nimage_date = 2017-06-30");
    const ProgramResult result = plots_area(study);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const auto rows = rows_of(study.path("out") + "/tables/area_adjusted.csv");
    bool dated = false;
    for (const CsvRow& row : rows) {
        if (row.at("raw_ha").empty()) continue;
        const long long back = square_metres(row.at("final_ha")) - square_metres(row.at("control_adjustment_ha")) -
                               square_metres(row.at("gap_adjustment_ha")) - square_metres(row.at("date_adjustment_ha"));
        CHECK(back == square_metres(row.at("raw_ha")));
        dated = dated || square_metres(row.at("date_adjustment_ha")) != 0;
    }
    CHECK(dated);
    CHECK(row_at(rows, "Valle", "2016").at("level") == "parent");
    CHECK(row_at(rows, "all", "2016").at("raw_ha") == row_at(rows, "Valle", "2016").at("raw_ha"));
}

TEST_CASE("a mask raster says what was seen: cloud is its own state and crop under it is carried over") {
    const StudyFixture study;
    write_mask(study);
    study.replace("study.toml", "plots = \"plots_2017.geojson\"",
                  "plots = \"plots_2017.geojson\"\nobserved = \"cloud.asc\"\nwhere = \"plot_id IN ('P3', 'P4')\"");
    const ProgramResult result = plots_area(study);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const auto rows = rows_of(study.path("out") + "/tables/area_adjusted.csv");
    const CsvRow clouded = row_at(rows, "R1", "2017");
    CHECK(clouded.at("raw_ha").empty());
    CHECK(clouded.at("observed_share") == "0.000000");
    CHECK(clouded.at("final_ha") == row_at(rows, "R1", "2016").at("raw_ha"));
    CHECK_THAT(clouded.at("note"), ContainsSubstring("not_observed"));
    CHECK_THAT(bytes_of(study.path("out") + "/tables/plot_area.csv"),
               ContainsSubstring("R1,Vereda 1,2017,coca,,,,,0.000000,0,not_observed"));
}

TEST_CASE("the value of a mask that means seen can be chosen") {
    const StudyFixture study;
    write_mask(study);
    study.replace("study.toml", "plots = \"plots_2017.geojson\"",
                  "plots = \"plots_2017.geojson\"\nobserved = \"cloud.asc\"\nobserved_values = [0]\n"
                  "where = \"plot_id IN ('P1')\"");
    const ProgramResult result = plots_area(study);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const auto rows = rows_of(study.path("out") + "/tables/area_adjusted.csv");
    CHECK(std::stod(row_at(rows, "R1", "2017").at("observed_share")) == Approx(0.5).margin(1e-5));
    CHECK(row_at(rows, "R2", "2017").at("raw_ha").empty());
}

TEST_CASE("the parts of every plot sum to the plot, split at regions and zones") {
    const StudyFixture study;
    REQUIRE(plots_area(study).exit_code == 0);
    std::map<std::string, double> sums;
    std::map<std::string, int> parts;
    for (const CsvRow& row : rows_of(study.path("out") + "/tables/plot_parts.csv")) {
        if (row.at("year") != "2017") continue;
        sums[row.at("plot_id")] += std::stod(row.at("area_m2"));
        ++parts[row.at("plot_id")];
    }
    CHECK(parts.at("P7") >= 2);
    // A square of 0.001° has the same area at one latitude wherever it is cut.
    CHECK(sums.at("P3") == Approx(sums.at("P1")).epsilon(1e-9));
    CHECK(sums.at("P6") == Approx(sums.at("P5")).epsilon(1e-9));
}

TEST_CASE("boundaries of other years give areas of their time and weights to carry series over") {
    const StudyFixture study;
    std::string then = bytes_of(study.path("regions.geojson"));
    for (const char* old : {"\"R1\"", "\"R2\"", "\"R3\"", "\"R4\""})
        then.replace(then.find(old), 4, std::string("\"O") + old[2] + "\"");
    study.write("regions_then.geojson", then);
    study.replace("study.toml", "[rasters]",
                  "[[boundaries]]\nuntil = 2016\nsource = \"regions_then.geojson\"\ncolumns = { id = \"code\" }\n\n"
                  "[rasters]");
    const ProgramResult result = plots_area(study);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK_THAT(bytes_of(study.path("out") + "/tables/region_crosswalk.csv"), ContainsSubstring("2016,O1,R1,"));
    const std::string areas = bytes_of(study.path("out") + "/tables/plot_area_then.csv");
    CHECK_THAT(areas, ContainsSubstring("O1,Vereda 1,2016,coca,"));
    CHECK_THAT(areas, !ContainsSubstring(",2017,"));
}

TEST_CASE("plots area refuses wrong usage and tells it in one line") {
    const StudyFixture study;
    CHECK(plots_area(study, {"--cutoff", "31-12"}).exit_code == 2);
    CHECK(plots_area(study, {"--holding-classes", "1,0.5"}).exit_code == 2);
    CHECK(plots_area(study, {"--effectiveness-aerial", "1.5"}).exit_code == 2);
    study.replace("study.toml", "[rasters]", "[area]\ncutoff = \"yearly\"\n\n[rasters]");
    const ProgramResult result = plots_area(study);
    CHECK(result.exit_code == 2);
    CHECK_THAT(result.err, ContainsSubstring("area.cutoff") || ContainsSubstring("cutoff"));
    CHECK_FALSE(std::filesystem::exists(study.path("out")));
}

TEST_CASE("plots area takes surveys and regions named one by one and writes its one table") {
    const StudyFixture study;
    const ProgramResult result = run_program(
        VEREDA_PROGRAM, {"plots", "area", "--survey", "2016=" + study.path("plots_2016.geojson"), "--survey",
                         "2017=" + study.path("plots_2017.geojson"), "--regions", study.path("regions.geojson"),
                         "--region-id", "code", "--position-error-m", "3", "-o", study.path("areas.csv")});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(row_at(rows_of(study.path("areas.csv")), "R2", "2017").at("plots") == "3");
}

TEST_CASE("plots area is the same on one thread and on many") {
    const StudyFixture study;
    REQUIRE(plots_area(study, {"-j", "1"}).exit_code == 0);
    const std::string one = bytes_of(study.path("out") + "/tables/area_adjusted.csv");
    const std::string parts = bytes_of(study.path("out") + "/tables/plot_parts.csv");
    REQUIRE(plots_area(study, {"-j", "4"}).exit_code == 0);
    CHECK(bytes_of(study.path("out") + "/tables/area_adjusted.csv") == one);
    CHECK(bytes_of(study.path("out") + "/tables/plot_parts.csv") == parts);
}
