#include <nlohmann/json.hpp>

#include "geo/io/feature_reader.hpp"
#include "geo/topology.hpp"
#include "raster/io/geotiff_writer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::TemporaryFolder;

namespace {

/// Two plots of class 3 (six cells with a hole of one, one cell) and one of class 1, 100 m cells.
std::string write_classes(const TemporaryFolder& folder) {
    const raster::Grid grid{geo::Crs::parse("EPSG:9377"), {4'800'000, 2'100'000}, 100, 100, 6, 4};
    raster::Raster<std::uint8_t> classes(grid, std::vector<std::uint8_t>{3, 3, 3, 0, 0, 0,  //
                                                                         3, 0, 3, 0, 1, 1,  //
                                                                         3, 3, 3, 0, 0, 0,  //
                                                                         0, 0, 0, 0, 0, 3});
    const std::string path = folder / "classes.tif";
    raster::io::write_geotiff(path, classes, {});
    return path;
}

ProgramResult extract(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"plots", "extract"});
    return run_program(VEREDA_PROGRAM, arguments);
}

std::vector<geo::Feature> features_of(const std::string& path) {
    geo::Diagnostics diagnostics;
    const auto source = geo::io::open_features(path, {}, diagnostics);
    std::vector<geo::Feature> features;
    geo::Feature feature;
    while (source->next(feature))
        features.push_back(feature);
    return features;
}

}  // namespace

TEST_CASE("plots extract writes a polygon per patch, with its figures") {
    const TemporaryFolder folder;
    const std::string classes = write_classes(folder);
    const std::string out = folder / "plots.gpkg";
    const ProgramResult result = extract({classes, "--class", "3,1", "-o", out, "--json"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(nlohmann::json::parse(result.out)["plots"] == 3);
    const std::vector<geo::Feature> plots = features_of(out);
    REQUIRE(plots.size() == 3);
    CHECK(geo::to_text(plots[0].values[0]) == "c1_4");  // by last row
    CHECK(geo::to_text(plots[1].values[0]) == "c0_0");
    CHECK(geo::to_text(plots[2].values[0]) == "c3_5");
    CHECK(std::get<std::int64_t>(plots[1].values[2]) == 8);
    CHECK(std::get<double>(plots[1].values[3]) == Approx(8).epsilon(2e-3));
    CHECK(std::get<double>(plots[1].values[6]) == 1600);
    CHECK(geo::planar_area(std::get<geo::MultiPolygon>(plots[1].geometry)) == 80'000);
}

TEST_CASE("plots extract leaves out small plots and fills holes when told to") {
    const TemporaryFolder folder;
    const std::string out = folder / "plots.csv";
    const ProgramResult result =
        extract({write_classes(folder), "--class", "3", "--min-area-ha", "1.5", "--fill-holes-ha", "1.5", "-o", out});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const std::string table = bytes_of(out);
    CHECK_THAT(table, ContainsSubstring("c0_0"));
    CHECK(table.find("c3_5") == std::string::npos);
    CHECK_THAT(table, ContainsSubstring(",9,"));
}

TEST_CASE("plots extract gives the same bytes for any number of threads") {
    const TemporaryFolder folder;
    const std::string classes = write_classes(folder);
    const std::string one = folder / "one.gpkg";
    const std::string four = folder / "four.gpkg";
    REQUIRE(extract({classes, "--class", "3", "-j", "1", "-o", one}).exit_code == 0);
    REQUIRE(extract({classes, "--class", "3", "-j", "4", "-o", four}).exit_code == 0);
    CHECK(bytes_of(one) == bytes_of(four));
}

TEST_CASE("a group without its command, or with a wrong one, is answered with the commands it has") {
    CHECK(run_program(VEREDA_PROGRAM, {"plots"}).exit_code == 2);
    const ProgramResult wrong = run_program(VEREDA_PROGRAM, {"plots", "extrct"});
    CHECK(wrong.exit_code == 2);
    CHECK_THAT(wrong.err, ContainsSubstring("plots extract"));
    const ProgramResult help = run_program(VEREDA_PROGRAM, {"plots", "extract", "--help"});
    CHECK(help.exit_code == 0);
    CHECK_THAT(help.out, ContainsSubstring("--min-area-ha"));
}

TEST_CASE("plots extract refuses what is no class and outputs that exist") {
    const TemporaryFolder folder;
    const std::string classes = write_classes(folder);
    CHECK(extract({classes, "--class", "coca", "-o", folder / "a.gpkg"}).exit_code == 2);
    CHECK(extract({classes, "-o", folder / "a.gpkg"}).exit_code == 2);
    CHECK(extract({folder / "none.tif", "--class", "3", "-o", folder / "a.gpkg"}).exit_code == 3);
    const std::string there = folder.write("there.gpkg", "mine");
    CHECK(extract({classes, "--class", "3", "-o", there}).exit_code == 2);
    CHECK(bytes_of(there) == "mine");
}
