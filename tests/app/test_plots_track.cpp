#include <fmt/format.h>
#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"

using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::TemporaryFolder;

namespace {

std::string square(const std::string& id, double west, double south = -16.9) {
    return fmt::format(
        R"({{"type":"Feature","properties":{{"plot_id":"{0}"}},"geometry":{{"type":"Polygon","coordinates":[[[{1},{3}],[{1},{4}],[{2},{4}],[{2},{3}],[{1},{3}]]]}}}})",
        id, west, west + 0.0004, south, south + 0.0004);
}

std::string layer(const std::vector<std::string>& features) {
    return fmt::format(R"({{"type":"FeatureCollection","features":[{}]}})", fmt::join(features, ","));
}

/// A stays, B is gone from the second year on, C is new in the second year.
std::vector<std::string> three_years(const TemporaryFolder& folder) {
    folder.write("a.geojson", layer({square("A1", -65.4), square("B1", -65.41)}));
    folder.write("b.geojson", layer({square("A2", -65.40002), square("C2", -65.42)}));
    folder.write("c.geojson", layer({square("A3", -65.39998), square("C3", -65.42)}));
    return {"plots",
            "track",
            "--survey",
            "2016=" + (folder / "a.geojson"),
            "--survey",
            "2017=" + (folder / "b.geojson"),
            "--survey",
            "2018=" + (folder / "c.geojson"),
            "--position-error-m",
            "5"};
}

std::vector<std::string> operator+(std::vector<std::string> arguments, const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

}  // namespace

TEST_CASE("plots track writes the contract's columns, one row per track and year") {
    const TemporaryFolder folder;
    const ProgramResult result =
        run_program(VEREDA_PROGRAM, three_years(folder) + std::vector<std::string>{"-o", folder / "tracks.csv"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const std::string table = bytes_of(folder / "tracks.csv");
    CHECK(table.starts_with("track_id,year,plot_id,event,area_ha,link_score,"));
    CHECK_THAT(table, ContainsSubstring("coca-2016-A1,2016,A1,appeared,"));
    CHECK_THAT(table, ContainsSubstring("coca-2016-A1,2017,A2,persisted,"));
    CHECK_THAT(table, ContainsSubstring("coca-2016-A1,2018,A3,persisted,"));
    CHECK_THAT(table, ContainsSubstring("coca-2016-B1,2017,,absent,0.0000,"));
    CHECK_THAT(table, ContainsSubstring("coca-2016-B1,2018,,removed,0.0000,"));
    CHECK_THAT(table, ContainsSubstring("coca-2017-C2,2018,C3,persisted,"));
}

TEST_CASE("plots track writes a folder with tables, layers and a lineage graph, and counts events in --json") {
    const TemporaryFolder folder;
    const ProgramResult result =
        run_program(VEREDA_PROGRAM, three_years(folder) + std::vector<std::string>{"--json", "-o", folder / "out"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK_THAT(result.out, ContainsSubstring(R"("persisted":3)"));
    CHECK_THAT(result.out, ContainsSubstring(R"("tracks":3)"));
    CHECK_THAT(result.out, ContainsSubstring(R"("review":0)"));
    CHECK(std::filesystem::exists(folder / "out/tables/tracks.csv"));
    CHECK(std::filesystem::exists(folder / "out/vereda-internal.gpkg"));
    const std::string graph = bytes_of(folder / "out/lineage.graphml");
    CHECK(graph.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml "));
    CHECK(graph.ends_with("</graphml>\n"));
    CHECK_THAT(graph, ContainsSubstring("<data key=\"track\">coca-2016-A1</data>"));
}

TEST_CASE("plots track gives the same bytes with one thread and two") {
    const TemporaryFolder folder;
    const auto arguments = three_years(folder);
    for (const std::string jobs : {"1", "2"}) {
        const ProgramResult result = run_program(
            VEREDA_PROGRAM, arguments + std::vector<std::string>{"-j", jobs, "-o", folder / ("out" + jobs)});
        REQUIRE(result.exit_code == 0);
    }
    for (const char* file : {"tables/tracks.csv", "lineage.graphml", "vereda-internal.gpkg"})
        CHECK(bytes_of(folder / (std::string("out1/") + file)) == bytes_of(folder / (std::string("out2/") + file)));
}

TEST_CASE("plots track refuses wrong usage and bad input and leaves earlier output alone") {
    const TemporaryFolder folder;
    folder.write("tracks.csv", "kept");
    const auto arguments = three_years(folder);
    CHECK(run_program(VEREDA_PROGRAM, {"plots", "track", "-o", folder / "x.csv"}).exit_code == 2);
    CHECK(run_program(VEREDA_PROGRAM, arguments + std::vector<std::string>{"-o", folder / "tracks.csv"}).exit_code ==
          2);
    CHECK(run_program(VEREDA_PROGRAM, arguments + std::vector<std::string>{"--accept", "3", "-o", folder / "x.csv"})
              .exit_code == 2);
    folder.write("b.geojson", layer({square("twice", -65.4), square("twice", -65.41)}));
    const ProgramResult bad =
        run_program(VEREDA_PROGRAM, arguments + std::vector<std::string>{"--overwrite", "-o", folder / "tracks.csv"});
    CHECK(bad.exit_code == 3);
    CHECK_THAT(bad.err, ContainsSubstring("b.geojson"));
    CHECK_THAT(bad.err, ContainsSubstring("twice"));
    CHECK(bytes_of(folder / "tracks.csv") == "kept");
}

TEST_CASE("plots track follows poppy by blocks of fields, with the images before and after the harvest") {
    const TemporaryFolder folder;
    const auto field = [](const std::string& id, double west, const std::string& before, const std::string& after) {
        return fmt::format(
            R"({{"type":"Feature","properties":{{"plot_id":"{0}","image_date":"{3}","post_harvest_date":"{4}"}},"geometry":{{"type":"Polygon","coordinates":[[[{1},31],[{1},31.0004],[{2},31.0004],[{2},31],[{1},31]]]}}}})",
            id, west, west + 0.0004, before, after);
    };
    folder.write("a.geojson",
                 layer({field("A", 64, "2018-04-02", "2018-05-20"), field("B", 64.0005, "2018-04-05", "")}));
    folder.write("b.geojson",
                 layer({field("A", 64, "2019-04-01", "2019-05-11"), field("C", 64.001, "2019-03-30", "")}));
    folder.write("c.geojson", layer({field("B", 64.0005, "", ""), field("C", 64.001, "2020-04-01", "")}));
    const std::vector<std::string> arguments{"plots",
                                             "track",
                                             "--crop",
                                             "poppy",
                                             "--survey",
                                             "2018=" + (folder / "a.geojson"),
                                             "--survey",
                                             "2019=" + (folder / "b.geojson"),
                                             "--survey",
                                             "2020=" + (folder / "c.geojson"),
                                             "--position-error-m",
                                             "3",
                                             "--overwrite",
                                             "-o",
                                             folder / "out"};
    const ProgramResult result = run_program(VEREDA_PROGRAM, arguments);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const std::string tracks = bytes_of(folder / "out/tables/tracks.csv");
    CHECK_THAT(tracks, ContainsSubstring("poppy-2018-B,2019,,rotated,"));
    CHECK_THAT(tracks, ContainsSubstring("poppy-2018-B,2020,B,returned,"));
    const std::string blocks = bytes_of(folder / "out/tables/field_blocks.csv");
    CHECK_THAT(blocks, ContainsSubstring("poppy-block-2018-A,2018,poppy,2,"));
    CHECK_THAT(blocks, ContainsSubstring(",2018-04-02,2018-05-20,"));
    CHECK_THAT(blocks, ContainsSubstring(",2019-03-30,2019-05-11,"));
    CHECK_THAT(blocks, ContainsSubstring(",2020-04-01,2020-04-01,"));
    folder.write("b.geojson", layer({field("A", 64, "2019-04-01", "2019-03-11")}));
    const ProgramResult refused = run_program(VEREDA_PROGRAM, arguments);
    CHECK(refused.exit_code == 3);
    CHECK_THAT(refused.err, ContainsSubstring("post_harvest_date"));
    CHECK(bytes_of(folder / "out/tables/field_blocks.csv") == blocks);
}

TEST_CASE("plots track tells the age of coca and whether it is in harvest") {
    const TemporaryFolder folder;
    const ProgramResult result =
        run_program(VEREDA_PROGRAM, three_years(folder) + std::vector<std::string>{"-o", folder / "tracks.csv"});
    REQUIRE(result.exit_code == 0);
    const std::string table = bytes_of(folder / "tracks.csv");
    std::map<std::string, std::vector<std::string>> rows;
    std::stringstream lines(table);
    for (std::string line; std::getline(lines, line);) {
        std::vector<std::string> cells;
        std::stringstream text(line);
        for (std::string cell; std::getline(text, cell, ',');)
            cells.push_back(cell);
        rows[cells[0] + " " + cells[1]] = cells;
    }
    const auto cell = [&](const std::string& row, const std::string& column) {
        const auto& header = rows.at("track_id year");
        const auto at = std::ranges::find(header, column) - header.begin();
        return rows.at(row).at(static_cast<std::size_t>(at));
    };
    // A1 was there in the first year: how old it is nobody knows, but two years on it is two at the least.
    CHECK(cell("coca-2016-A1 2018", "age_min_years") == "2");
    CHECK(cell("coca-2016-A1 2018", "age_max_years").empty());
    CHECK(cell("coca-2016-A1 2018", "in_harvest") == "1");
    // C2 came between the images of 2016 and 2017: at most a year old then, at least one in 2018.
    CHECK(cell("coca-2017-C2 2017", "age_min_years") == "0");
    CHECK(cell("coca-2017-C2 2017", "age_max_years") == "1");
    CHECK(cell("coca-2017-C2 2017", "in_harvest").empty());
    CHECK(cell("coca-2017-C2 2018", "age_min_years") == "1");
    CHECK(cell("coca-2017-C2 2018", "in_harvest") == "1");
}
