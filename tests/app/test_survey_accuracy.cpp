#include <fmt/format.h>
#include <cmath>
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

ProgramResult areas(const StudyFixture& study) {
    return run_program(VEREDA_PROGRAM, {"plots", "area", study.study(), "--overwrite", "-o", study.path("out")});
}

/// True area of coca: 0.8 of 100 and 0.05 of 900 in any unit, 1.25 times what is mapped, se 0.46934.
void add_matrix(const StudyFixture& study, const std::string& more = {}) {
    study.write("matrix.csv", "map,coca,other\ncoca,8,2\nother,1,19\n");
    study.write("strata.csv", "stratum,area\ncoca,100\nother,900\n");
    study.write("study.toml",
                bytes_of(study.study()) + "\n[accuracy]\nmatrix = \"matrix.csv\"\nareas = \"strata.csv\"\n" + more);
}

const double ratio_se = std::sqrt(100.0 * 100 * 0.16 / 9 + 900.0 * 900 * 0.0475 / 19) / 100;

/// Four metres instead of three.
void state_errors(const StudyFixture& study) {
    for (int survey = 0; survey < 2; ++survey)
        study.replace("study.toml", "position_error_m = 3", "position_error_m = 4");
}

}  // namespace

TEST_CASE("a reference sample of the study enters the intervals of every table of areas") {
    const StudyFixture study;
    state_errors(study);
    add_matrix(study);
    const ProgramResult result = areas(study);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    int checked = 0;
    for (const char* table : {"plot_area", "area_zones", "holdings"}) {
        for (const CsvRow& row : rows_of(study.path("out") + "/tables/" + table + ".csv")) {
            if (row.at("area_ha").empty() || std::stod(row.at("area_ha")) == 0) continue;
            INFO(table);
            const double area = std::stod(row.at("area_ha"));
            const double sd = (std::stod(row.at("area_hi_ha")) - area) / 1.959963984540054;
            const double half = 1.959963984540054 * std::hypot(area * ratio_se, 1.25 * sd);
            CHECK(std::stod(row.at("sampled_ha")) == Approx(1.25 * area).margin(2e-4));
            CHECK(std::stod(row.at("sampled_hi_ha")) == Approx(1.25 * area + half).margin(3e-4));
            CHECK_THAT(row.at("note"), ContainsSubstring("omission_commission_in_sampled_only"));
            ++checked;
        }
    }
    CHECK(checked > 10);
    CHECK_THAT(bytes_of(study.path("out") + "/tables/survey_accuracy.csv"), ContainsSubstring("coca,,coca,1.250000,"));
    const std::string page = bytes_of(study.path("out") + "/report-internal.html");
    CHECK_THAT(page, ContainsSubstring("With the reference sample"));
    CHECK_THAT(bytes_of(study.path("out") + "/run.json"), ContainsSubstring("accuracy.matrix"));
}

TEST_CASE("without a sample every table of areas says that omission and commission are left out") {
    const StudyFixture study;
    state_errors(study);
    REQUIRE(areas(study).exit_code == 0);
    for (const char* table : {"plot_area", "area_adjusted", "area_zones", "holdings"}) {
        const auto rows = rows_of(study.path("out") + "/tables/" + table + ".csv");
        REQUIRE_FALSE(rows.empty());
        INFO(table);
        CHECK_THAT(rows.front().at("note"), ContainsSubstring("omission_commission_not_in_interval"));
        CHECK(rows.front().at("sampled_ha").empty());
    }
    CHECK_THAT(bytes_of(study.path("out") + "/report-internal.html"),
               ContainsSubstring("that takes a reference sample"));
}

TEST_CASE("a sample by units, with strata that are not classes, serves the survey that it names") {
    const StudyFixture study;
    std::string sample = "where,truth,mapped\n";
    for (int i = 0; i < 20; ++i)
        sample += fmt::format("{},{},{}\n", i < 10 ? "valley" : "hill", i % 4 == 0 ? "erythroxylum" : "no",
                              i % 5 == 0 ? "erythroxylum" : "no");
    study.write("sample.csv", sample);
    study.write("strata.csv", "stratum,area\nvalley,500\nhill,500\n");
    study.write("study.toml", bytes_of(study.study()) +
                                  "\n[[accuracy]]\nsample = \"sample.csv\"\nstratum = \"where\"\nreference = "
                                  "\"truth\"\nmap = \"mapped\"\nareas = \"strata.csv\"\ncrop_class = "
                                  "\"erythroxylum\"\nyear = 2017\n");
    state_errors(study);
    const ProgramResult result = areas(study);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    // Five of 20 units are crop (three and two of ten in the strata), four are mapped so.
    CHECK_THAT(bytes_of(study.path("out") + "/tables/survey_accuracy.csv"),
               ContainsSubstring("coca,2017,erythroxylum,1.250000,"));
    for (const CsvRow& row : rows_of(study.path("out") + "/tables/plot_area.csv"))
        CHECK(row.at("sampled_ha").empty() == (row.at("year") == "2016" || row.at("area_ha").empty()));
}

TEST_CASE("a study's reference sample is refused with its place where it cannot be used") {
    const StudyFixture study;
    add_matrix(study);
    REQUIRE(areas(study).exit_code == 0);
    const std::string before = bytes_of(study.path("out") + "/tables/plot_area.csv");
    const auto refused = [&](int code, const std::string& words) {
        const ProgramResult result = areas(study);
        INFO(result.err);
        CHECK(result.exit_code == code);
        CHECK_THAT(result.err, ContainsSubstring(words));
        CHECK(bytes_of(study.path("out") + "/tables/plot_area.csv") == before);
    };
    study.write("matrix.csv", "map,coca,other\ncoca,1,0\nother,1,19\n");
    refused(3, "matrix.csv");
    study.write("matrix.csv", "map,coca,other\ncoca,x,2\nother,1,19\n");
    refused(3, "matrix.csv");
    study.write("matrix.csv", "map,maize,other\nmaize,8,2\nother,1,19\n");
    study.write("strata.csv", "stratum,area\nmaize,100\nother,900\n");
    refused(3, "crop_class");
    study.replace("study.toml", "matrix = \"matrix.csv\"", "matrix = \"matrix.csv\"\nsample = \"matrix.csv\"");
    refused(2, "sample or matrix");
    study.replace("study.toml", "matrix = \"matrix.csv\"", "matrixx = \"matrix.csv\"");
    refused(2, "matrixx");
    const ProgramResult check = run_program(VEREDA_PROGRAM, {"check", study.study()});
    CHECK(check.exit_code != 0);
}
