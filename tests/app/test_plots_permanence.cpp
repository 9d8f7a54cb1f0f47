#include <fmt/format.h>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"

using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::StudyFixture;
using vereda::tests::TemporaryFolder;

namespace {

std::string square(const std::string& id, double west) {
    return fmt::format(
        R"({{"type":"Feature","properties":{{"plot_id":"{0}"}},"geometry":{{"type":"Polygon","coordinates":[[[{1},4],[{1},4.001],[{2},4.001],[{2},4],[{1},4]]]}}}})",
        id, west, west + 0.001);
}

/// A plot of 0.001° at the place, or none, and one far away in every year: a layer without features is refused.
std::string layer(bool plot) {
    return R"({"type":"FeatureCollection","features":[)" + square("far", -72.95) +
           (plot ? "," + square("P", -73) : std::string()) + "]}";
}

/// Surveys of 2011 … 2020 by letters: "1" crop, "0" none; 2011 must have crop so that there is a place to look at.
std::vector<std::string> surveys(const TemporaryFolder& folder, const std::string& years) {
    std::vector<std::string> arguments{"plots", "permanence"};
    for (std::size_t i = 0; i < years.size(); ++i) {
        if (years[i] == '-') continue;
        const std::string name = fmt::format("plots_{}.geojson", 2011 + i);
        folder.write(name, layer(years[i] == '1'));
        arguments.push_back("--survey");
        arguments.push_back(fmt::format("{}={}", 2011 + i, folder / name));
    }
    return arguments;
}

std::vector<std::string> operator+(std::vector<std::string> arguments, const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

/// The row of the cell that is not "never".
std::string affected_row(const std::string& table) {
    std::string found;
    for (std::size_t begin = table.find('\n') + 1; begin < table.size();) {
        const std::size_t end = table.find('\n', begin);
        const std::string row = table.substr(begin, end - begin);
        if (row.find(",never,never,") == std::string::npos) found += row + "\n";
        begin = end + 1;
    }
    return found;
}

}  // namespace

TEST_CASE("plots permanence names the class of ten years in the contract's columns") {
    const TemporaryFolder folder;
    const ProgramResult result =
        run_program(VEREDA_PROGRAM, surveys(folder, "1110000000") + std::vector<std::string>{"-o", folder / "p.csv"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const std::string table = bytes_of(folder / "p.csv");
    CHECK(table.starts_with("cell_id,class,possible_classes,"));
    CHECK_THAT(affected_row(table), ContainsSubstring(",abandoned,abandoned,coca,2011,2020,1110000000,0,abandoned,"));
}

TEST_CASE("plots permanence gives a set for a year without a survey, and counts it in --json") {
    const TemporaryFolder folder;
    const ProgramResult result = run_program(
        VEREDA_PROGRAM, surveys(folder, "1111-11111") + std::vector<std::string>{"--json", "-o", folder / "p.csv"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK_THAT(affected_row(bytes_of(folder / "p.csv")), ContainsSubstring(",,permanent;intermittent,coca,"));
    CHECK_THAT(result.out, ContainsSubstring("cells_single_class"));
}

TEST_CASE("plots permanence writes a folder with shares by region and the layer of cells") {
    const TemporaryFolder folder;
    const ProgramResult result =
        run_program(VEREDA_PROGRAM,
                    surveys(folder, "1111111111") + std::vector<std::string>{"--cell-m", "500", "-o", folder / "out"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK_THAT(bytes_of(folder / "out/tables/permanence.csv"), ContainsSubstring("500mE"));
    CHECK_THAT(bytes_of(folder / "out/tables/permanence_regions.csv"),
               ContainsSubstring("all,all,coca,2011,2020,permanent,1.000000,1.000000,"));
    CHECK_THAT(bytes_of(folder / "out/vereda-internal.gpkg"), ContainsSubstring("permanence_coca"));
}

TEST_CASE("plots permanence says why a short series has no classes") {
    const StudyFixture study;
    const ProgramResult result =
        run_program(VEREDA_PROGRAM, {"plots", "permanence", study.study(), "-o", study.path("out")});
    INFO(result.err);
    CHECK(result.exit_code == 0);
    CHECK_THAT(result.out, ContainsSubstring("four years"));
    const ProgramResult asked = run_program(
        VEREDA_PROGRAM, {"plots", "permanence", study.study(), "--window", "10", "-o", study.path("asked")});
    CHECK(asked.exit_code == 0);
    CHECK_THAT(bytes_of(study.path("asked") + "/tables/permanence.csv"), ContainsSubstring("????????11"));
}

TEST_CASE("plots permanence refuses wrong usage") {
    const TemporaryFolder folder;
    const auto code = [&](const std::vector<std::string>& more) {
        return run_program(VEREDA_PROGRAM, surveys(folder, "1111") + more).exit_code;
    };
    CHECK(code({"--window", "2", "-o", folder / "o"}) == 2);
    CHECK(code({"--cell-m", "0", "-o", folder / "o"}) == 2);
    CHECK(code({"--observed-min", "2", "-o", folder / "o"}) == 2);
    CHECK(run_program(VEREDA_PROGRAM, {"plots", "permanence", "-o", folder / "o"}).exit_code == 2);
}

TEST_CASE("plots permanence refuses a broken layer and leaves earlier output alone") {
    const TemporaryFolder folder;
    const auto arguments = surveys(folder, "1111") + std::vector<std::string>{"--overwrite", "-o", folder / "p.csv"};
    REQUIRE(run_program(VEREDA_PROGRAM, arguments).exit_code == 0);
    const std::string before = bytes_of(folder / "p.csv");
    folder.write("plots_2012.geojson", R"({"type":"FeatureCollection","features":[)");
    const ProgramResult result = run_program(VEREDA_PROGRAM, arguments);
    CHECK(result.exit_code == 3);
    CHECK_THAT(result.err, ContainsSubstring("plots_2012.geojson"));
    CHECK(bytes_of(folder / "p.csv") == before);
}

TEST_CASE("the public edition has shares of regions and no cell") {
    const StudyFixture study;
    const ProgramResult result =
        run_program(VEREDA_PROGRAM, {"run", study.study(), "--audience", "public", "-o", study.path("out")});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK_FALSE(std::filesystem::exists(study.path("out") + "/public/tables/permanence.csv"));
    CHECK_FALSE(std::filesystem::exists(study.path("out") + "/public/tables/plot_parts.csv"));
    CHECK_FALSE(std::filesystem::exists(study.path("out") + "/public/tables/eradication_check.csv"));
}
