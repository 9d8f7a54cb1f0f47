#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <sstream>

#include "geo/diagnostic.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/tiff_bytes.hpp"

using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::TemporaryFolder;
using vereda::tests::tiff_bytes;
using vereda::tests::TiffSpec;
namespace fs = std::filesystem;
namespace raster = vereda::raster;

namespace {

/// Five by four cells of 100 m in EPSG:32618, friction 0.02 min/m everywhere but in a column of nodata with one gap,
/// and one market in the upper left cell.
class AccessCase {
  public:
    AccessCase() {
        TiffSpec friction = spec();
        friction.cells.assign(20, 0.02);
        friction.nodata = "-1";
        for (const std::size_t cell : {2U, 7U, 12U})
            friction.cells[cell] = -1;
        folder_.write("friction.tif", tiff_bytes(friction));
        folder_.write("markets.csv", "x,y,name\n500050,400350,north\n");
        folder_.write("homes.csv", "x,y,home\n500150,400350,b\n500450,400350,a\n900000,400350,c\n");
    }
    [[nodiscard]] static TiffSpec spec() {
        TiffSpec spec;
        spec.width = 5;
        spec.height = 4;
        spec.floating = true;
        spec.left = 500'000;
        spec.top = 400'400;
        spec.cell_width = spec.cell_height = 100;
        spec.epsg = 32618;
        spec.geographic = false;
        return spec;
    }
    [[nodiscard]] ProgramResult access(std::vector<std::string> more) const {
        std::vector<std::string> words{"access", "--friction", path("friction.tif"), "--origins", path("markets.csv")};
        if (std::ranges::find(more, "--points-crs") == more.end()) {
            words.emplace_back("--points-crs");
            words.emplace_back("EPSG:32618");
        }
        words.insert(words.end(), more.begin(), more.end());
        return run_program(VEREDA_PROGRAM, words);
    }
    [[nodiscard]] raster::Raster<double> cells(const std::string& name) const {
        vereda::geo::Diagnostics diagnostics;
        return raster::read_values(*raster::io::open_raster({path(name), 1}, {}, diagnostics));
    }
    /// Lines or polygons in the grid's CRS.
    void write_layer(const std::string& name, const std::string& type, const std::string& coordinates,
                     const std::string& properties) const {
        folder_.write(
            name,
            R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32618"}},"features":[{"type":"Feature","properties":{)" +
                properties + R"(},"geometry":{"type":")" + type + R"(","coordinates":)" + coordinates + "}}]}");
    }
    [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }
    [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

  private:
    TemporaryFolder folder_;
};

constexpr double step = 2;  // minutes of 100 m at 0.02 min/m
const double diagonal = 2 * std::sqrt(2.0);

}  // namespace

TEST_CASE("access writes times, nearest origins and times at points") {
    const AccessCase land;
    const ProgramResult result =
        land.access({"--origin-id", "name", "-o", land.path("time.tif"), "--alloc", land.path("alloc.tif"), "--at",
                     land.path("homes.csv"), "--at-id", "home", "--times", land.path("times.csv")});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const auto times = land.cells("time.tif");
    CHECK(times.at(0, 0) == 0);
    CHECK(times.at(1, 0) == Approx(step));
    CHECK(times.at(1, 1) == Approx(diagonal));
    CHECK_FALSE(times.valid(2, 0));
    // Through the gap at (2, 3), which lies one step and two diagonals away.
    CHECK(times.at(2, 3) == Approx(step + 2 * diagonal));
    CHECK(times.at(4, 0) == Approx(2 * step + 4 * diagonal));
    const auto allocation = land.cells("alloc.tif");
    CHECK(allocation.at(4, 3) == 1);
    CHECK_FALSE(allocation.valid(2, 1));
    // Sorted by id; c lies off the raster.
    const std::string table = bytes_of(land.path("times.csv"));
    CHECK(table.starts_with("id,minutes,origin\r\na,15.31370"));
    CHECK_THAT(table, ContainsSubstring("\r\nb,1.99999995"));
    CHECK_THAT(table, ContainsSubstring("\r\nc,,\r\n"));
    CHECK_THAT(result.err, ContainsSubstring("outside the raster"));
}

TEST_CASE("access gives the same bytes for any number of jobs") {
    const AccessCase land;
    for (const char* jobs : {"1", "4"}) {
        const std::string out = std::string("time_") + jobs + ".tif";
        REQUIRE(land.access({"-o", land.path(out), "-j", jobs}).exit_code == 0);
    }
    CHECK(bytes_of(land.path("time_1.tif")) == bytes_of(land.path("time_4.tif")));
}

TEST_CASE("access reads friction in every unit it declares") {
    const AccessCase land;
    for (const auto& [unit, value] :
         {std::pair{"s/m", 1.2}, std::pair{"h/km", 1.0 / 3}, std::pair{"km/h", 3.0}, std::pair{"min/m", 0.02}}) {
        TiffSpec friction = AccessCase::spec();
        friction.cells.assign(20, value);
        land.folder().write("friction.tif", tiff_bytes(friction));
        REQUIRE(land.access({"--friction-unit", unit, "-o", land.path("time.tif"), "--overwrite", "-q"}).exit_code ==
                0);
        INFO(unit);
        CHECK(land.cells("time.tif").at(4, 0) == Approx(4 * step).epsilon(1e-6));
    }
}

TEST_CASE("roads cross barriers at their own speed; rivers only in their months") {
    const AccessCase land;
    // Along the top row, 6 km/h: 1 minute per 100 m.
    land.write_layer("way.geojson", "LineString", "[[500050,400350],[500450,400350]]",
                     R"("speed_kmh":6,"open_months":"5-7")");
    const auto time_at_the_end = [&](const std::vector<std::string>& words) {
        std::vector<std::string> all{"-o", land.path("time.tif"), "--overwrite", "-q"};
        all.insert(all.end(), words.begin(), words.end());
        const ProgramResult result = land.access(all);
        INFO(result.err);
        REQUIRE(result.exit_code == 0);
        return land.cells("time.tif").at(4, 0);
    };
    const double by_land = 2 * step + 4 * diagonal;
    CHECK(time_at_the_end({"--roads", land.path("way.geojson")}) == Approx(4));
    CHECK(time_at_the_end({"--rivers", land.path("way.geojson"), "--month", "6"}) == Approx(4));
    CHECK(time_at_the_end({"--rivers", land.path("way.geojson"), "--month", "8"}) == Approx(by_land));
    CHECK(time_at_the_end({"--roads", land.path("way.geojson"), "--road-speed-field", "none", "--road-speed", "12"}) ==
          Approx(2));
    CHECK(land.access({"--roads", land.path("way.geojson"), "--road-speed-field", "speed", "-o", land.path("x.tif")})
              .exit_code == 3);
}

TEST_CASE("barriers are lines and polygons, and bar every cell they touch") {
    const AccessCase land;
    land.write_layer("wall.geojson", "LineString", "[[500150,400000],[500150,400400]]", "");
    land.write_layer("lake.geojson", "Polygon",
                     "[[[500199,400001],[500199,400010],[500201,400010],[500201,400001],[500199,400001]]]", "");
    REQUIRE(land.access({"--barriers", land.path("wall.geojson"), "-o", land.path("wall.tif")}).exit_code == 0);
    const auto wall = land.cells("wall.tif");
    CHECK(wall.valid(0, 3));
    for (int col = 1; col < 5; ++col)
        CHECK_FALSE(wall.valid(col, 2));
    REQUIRE(land.access({"--barriers", land.path("lake.geojson"), "-o", land.path("lake.tif")}).exit_code == 0);
    const auto lake = land.cells("lake.tif");
    CHECK_FALSE(lake.valid(1, 3));
    CHECK_FALSE(lake.valid(2, 3));
    CHECK(lake.valid(1, 2));
}

TEST_CASE("slopes count by the walking function and the way people go") {
    const AccessCase land;
    TiffSpec hill = AccessCase::spec();
    for (int i = 0; i < 20; ++i)
        hill.cells.push_back(10.0 * (i % 5));  // rises 10 m per 100 m eastwards
    land.folder().write("hill.tif", tiff_bytes(hill));
    const auto time_at = [&](const std::vector<std::string>& words) {
        std::vector<std::string> all{"access",
                                     "--elevation",
                                     land.path("hill.tif"),
                                     "--origins",
                                     land.path("markets.csv"),
                                     "--points-crs",
                                     "EPSG:32618",
                                     "-o",
                                     land.path("t.tif"),
                                     "--overwrite",
                                     "-q"};
        all.insert(all.end(), words.begin(), words.end());
        const ProgramResult result = run_program(VEREDA_PROGRAM, all);
        INFO(result.err);
        REQUIRE(result.exit_code == 0);
        return land.cells("t.tif").at(4, 0);
    };
    // Tobler: 6 exp(-3.5 |S + 0.05|) km/h over 0.4 km, S = +0.1 up and -0.1 down.
    CHECK(time_at({"--direction", "from"}) == Approx(0.4 / (6 * std::exp(-3.5 * 0.15)) * 60).epsilon(1e-6));
    CHECK(time_at({"--direction", "to"}) == Approx(0.4 / (6 * std::exp(-3.5 * 0.05)) * 60).epsilon(1e-6));
    // Langmuir: 400 m at 0.72 s/m and 6 s per metre climbed; down at 5.7 degrees 2 s less per metre.
    CHECK(time_at({"--direction", "from", "--walking", "langmuir"}) == Approx((400 * 0.72 + 40 * 6) / 60.0));
    CHECK(time_at({"--walking", "langmuir"}) == Approx((400 * 0.72 - 40 * 2) / 60.0));
}

TEST_CASE("access asked to stop ends with 130 and leaves no raster behind, whole or half") {
    const AccessCase place;
    TiffSpec large = AccessCase::spec();
    large.width = large.height = 1200;
    large.cells.assign(1'440'000, 0.02);
    place.folder().write("friction.tif", tiff_bytes(large));
    const std::vector<std::string> words{
        "access",     "--friction", place.path("friction.tif"), "--origins", place.path("markets.csv"), "--points-crs",
        "EPSG:32618", "-o",         place.path("time.tif")};
    for (const int delay : {60, 150, 300, 450}) {
        fs::remove(place.path("time.tif"));
        vereda::tests::ProgramOptions options;
        options.stop_signal = SIGINT;
        options.stop_after = std::chrono::milliseconds(delay);
        const ProgramResult result = run_program(VEREDA_PROGRAM, words, options);
        INFO("after " << delay << " ms: " << result.err);
        CHECK((result.exit_code == 130 || result.exit_code == 0 || result.signalled));
        CHECK(fs::exists(place.path("time.tif")) == (result.exit_code == 0));
        if (!result.signalled) CHECK(std::distance(fs::directory_iterator(place.folder().path()), {}) <= 4);
    }
}

TEST_CASE("access refuses what cannot be answered, in one line, and writes nothing") {
    const AccessCase land;
    const auto refused = [&](const std::vector<std::string>& words, int code, const std::string& why) {
        const ProgramResult result = land.access(words);
        INFO(result.err);
        CHECK(result.exit_code == code);
        CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
        CHECK_THAT(result.err, ContainsSubstring(why));
        CHECK_FALSE(fs::exists(land.path("out.tif")));
    };
    const std::string out = land.path("out.tif");
    refused({"--at", land.path("homes.csv"), "-o", out}, 2, "--times");
    refused({"--walking", "tobler", "-o", out}, 2, "--elevation");
    refused({"--neighbours", "9", "-o", out}, 2, "neighbours");
    refused({"--alloc", out, "-o", out}, 2, "same name");
    refused({"-o", out, "--memory", "64MiB"}, 5, "--memory");
    refused({"--points-crs", "EPSG:999999", "-o", out}, 3, "999999");
    land.folder().write("markets.csv", "x,y,name\n100,400350,far\n");
    refused({"--origin-id", "name", "-o", out}, 3, "far");
    land.folder().write("markets.csv", "x,y,name\n500250,400350,lake\n");
    refused({"--origin-id", "name", "-o", out}, 3, "barrier");
    TiffSpec negative = AccessCase::spec();
    negative.cells.assign(20, -3);
    land.folder().write("friction.tif", tiff_bytes(negative));
    refused({"-o", out}, 3, "negative");
    CHECK(run_program(VEREDA_PROGRAM, {"access", "--origins", land.path("markets.csv"), "-o", out}).exit_code == 2);
}
