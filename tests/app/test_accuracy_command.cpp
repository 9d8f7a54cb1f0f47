#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using tests::ContainsSubstring;
using tests::run_program;
namespace fs = std::filesystem;

namespace {

std::vector<std::vector<std::string>> rows_of(const fs::path& path) {
    std::ifstream file(path);
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(file, line);) {
        if (line.ends_with('\r')) line.pop_back();
        std::vector<std::string> cells;
        std::istringstream text(line);
        for (std::string cell; std::getline(text, cell, ',');)
            cells.push_back(cell);
        rows.push_back(cells);
    }
    return rows;
}

constexpr const char* olofsson_matrix = "map,D,G,SF,SN\nD,66,0,5,4\nG,0,55,8,12\nSF,1,0,153,11\nSN,2,1,9,313\n";
constexpr const char* olofsson_areas = "stratum,area\nD,18000\nG,13500\nSF,288000\nSN,580500\n";

tests::ProgramResult accuracy(const tests::TemporaryFolder& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "accuracy");
    tests::ProgramOptions options;
    options.folder = folder.path().string();
    return run_program(VEREDA_PROGRAM, arguments, options);
}

}  // namespace

TEST_CASE("accuracy reproduces Olofsson 2014 from an error matrix and from the same sample row by row") {
    const tests::TemporaryFolder folder;
    folder.write("m.csv", olofsson_matrix);
    folder.write("a.csv", olofsson_areas);
    const auto result = accuracy(folder, {"--matrix", "m.csv", "--areas", "a.csv", "-o", "out.csv", "--json"});
    REQUIRE(result.exit_code == 0);
    const auto json = nlohmann::json::parse(result.out);
    CHECK(std::abs(json["overall_accuracy"].get<double>() - 0.9465) < 0.00005);
    CHECK(std::abs(1.96 * json["overall_se"].get<double>() - 0.0185) < 0.00005);
    const auto rows = rows_of(folder.path() / "out.csv");
    REQUIRE(rows.size() == 5);
    const std::vector<std::string> contract{
        "class", "area", "se", "lo", "hi", "users_accuracy", "users_se", "producers_accuracy", "producers_se"};
    CHECK(std::equal(contract.begin(), contract.end(), rows[0].begin()));
    CHECK(rows[1][0] == "D");
    CHECK(std::round(std::stod(rows[1][1])) == 21'158);
    CHECK(std::round(std::stod(rows[1][4]) - std::stod(rows[1][1])) == 6'158);

    std::string sample = "unit;estrato;referencia\n";
    const auto matrix = rows_of(folder.path() / "m.csv");
    int unit = 0;
    for (std::size_t row = 1; row < matrix.size(); ++row)
        for (std::size_t column = 1; column < matrix[row].size(); ++column)
            for (int i = 0; i < std::stoi(matrix[row][column]); ++i)
                sample += std::to_string(++unit) + ";" + matrix[row][0] + ";" + matrix[0][column] + "\n";
    folder.write("s.csv", sample);
    const auto again = accuracy(folder, {"--sample", "s.csv", "--stratum", "estrato", "--reference", "referencia",
                                         "--areas", "a.csv", "-o", "again.csv"});
    REQUIRE(again.exit_code == 0);
    CHECK(rows_of(folder.path() / "again.csv") == rows);
}

TEST_CASE("accuracy without a sample calls its areas biased") {
    const tests::TemporaryFolder folder;
    folder.write("a.csv", olofsson_areas);
    const auto result = accuracy(folder, {"--areas", "a.csv", "-o", "out.csv"});
    CHECK(result.exit_code == 0);
    CHECK_THAT(result.err, ContainsSubstring("biased"));
    const auto rows = rows_of(folder.path() / "out.csv");
    REQUIRE(rows.size() == 5);
    CHECK(rows[1][1] == "18000");
    CHECK(rows[1][2].empty());
    CHECK(rows[1].back() == "pixel_counting_biased");
}

TEST_CASE("accuracy refuses a stratum with one unit, names it and leaves the earlier output") {
    const tests::TemporaryFolder folder;
    folder.write("s.csv", "h,r\ncoca,coca\ncoca,forest\nforest,forest\n");
    folder.write("a.csv", "stratum,area\ncoca,10\nforest,90\n");
    folder.write("out.csv", "earlier");
    const auto result = accuracy(folder, {"--sample", "s.csv", "--stratum", "h", "--reference", "r", "--areas", "a.csv",
                                          "-o", "out.csv", "--overwrite"});
    CHECK(result.exit_code == 3);
    CHECK_THAT(result.err, ContainsSubstring("s.csv"));
    CHECK_THAT(result.err, ContainsSubstring("forest"));
    CHECK(rows_of(folder.path() / "out.csv")[0][0] == "earlier");
}

TEST_CASE("accuracy names the nearest column, the line of an empty label and a wrong choice of options") {
    const tests::TemporaryFolder folder;
    folder.write("s.csv", "stratum,referencia\nA,A\nA,\n");
    folder.write("a.csv", "stratum,area\nA,10\n");
    const auto column = accuracy(folder, {"--sample", "s.csv", "--stratum", "stratum", "--reference", "referencias",
                                          "--areas", "a.csv", "-o", "o.csv"});
    CHECK(column.exit_code == 3);
    CHECK_THAT(column.err, ContainsSubstring("\"referencia\""));
    const auto label = accuracy(folder, {"--sample", "s.csv", "--stratum", "stratum", "--reference", "referencia",
                                         "--areas", "a.csv", "-o", "o.csv"});
    CHECK(label.exit_code == 3);
    CHECK_THAT(label.err, ContainsSubstring("line 3"));
    CHECK(accuracy(folder, {"--sample", "s.csv", "--matrix", "s.csv", "--areas", "a.csv", "-o", "o.csv"}).exit_code ==
          2);
    CHECK(accuracy(folder, {"--sample", "s.csv", "--areas", "a.csv", "-o", "o.csv"}).exit_code == 2);
}

TEST_CASE("accuracy estimates crop from frames and plans a sample") {
    const tests::TemporaryFolder folder;
    folder.write("f.csv", "crop,farmland\n1,10\n2,10\n3,20\n");
    folder.write("a.csv", "stratum,area\nall,1000\n");
    const auto frames = accuracy(folder, {"--frames", "f.csv", "--areas", "a.csv", "-o", "frames.csv", "--json"});
    REQUIRE(frames.exit_code == 0);
    CHECK(nlohmann::json::parse(frames.out)["area"].get<double>() == Approx(150));
    folder.write("p.csv",
                 "stratum,area,expected_users_accuracy\nD,200000,0.7\nG,150000,0.6\nSF,3200000,0.9\nSN,6450000,0.95\n");
    const auto plan = accuracy(folder, {"--plan-se", "0.01", "--areas", "p.csv", "-o", "plan.csv", "--json"});
    REQUIRE(plan.exit_code == 0);
    CHECK(nlohmann::json::parse(plan.out)["units"] == 641);
}
