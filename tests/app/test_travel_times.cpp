#include <filesystem>
#include <string>

#include "geo/diagnostic.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using tests::run_program;
using tests::StudyFixture;

namespace {

/// 0.04° × 0.04° around 73°W 4°N in cells of 0.002°, a quarter of an hour to each kilometre; one column of barriers
/// with a road through it.
void lay_ground(const StudyFixture& fixture) {
    std::string grid = "ncols 20\nnrows 20\nxllcorner -73.02\nyllcorner 3.98\ncellsize 0.002\nNODATA_value -1\n";
    for (int row = 0; row < 20; ++row) {
        for (int col = 0; col < 20; ++col)
            grid += col == 10 ? "-1 " : "0.015 ";
        grid += '\n';
    }
    fixture.write("friction.asc", grid);
    fixture.write("friction.prj",
                  "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
                  "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],AUTHORITY[\"EPSG\",\"4326\"]]");
    fixture.write("markets.csv", "name,lon,lat\nTown,-73.019,3.999\n");
    fixture.write("roads.geojson", R"({"type":"FeatureCollection","features":[)"
                                   R"({"type":"Feature","properties":{"speed_kmh":30},"geometry":)"
                                   R"({"type":"LineString","coordinates":[[-73.003,3.999],[-72.995,3.999]]}},)"
                                   R"({"type":"Feature","properties":{"speed_kmh":null},"geometry":)"
                                   R"({"type":"LineString","coordinates":[[-73.003,4.009],[-72.995,4.009]]}}]})");
}

class StudyWithGround : public StudyFixture {
  public:
    StudyWithGround() {
        lay_ground(*this);
        replace("study.toml", "[rasters]\n", "[rasters]\nfriction = \"friction.asc\"\nfriction_unit = \"min/m\"\n");
        replace("study.toml", "[people]\n",
                "[places]\nmarkets = { source = \"markets.csv\", crs = \"EPSG:4326\" }\nroads = \"roads.geojson\"\n\n"
                "[people]\n");
    }
};

}  // namespace

TEST_CASE("a study with friction and a market tells travel times of plots and regions, and keeps them as a raster") {
    const StudyWithGround fixture;
    const std::string out = fixture.path("out");
    const auto result = run_program(VEREDA_PROGRAM, {"run", fixture.study(), "-o", out});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const std::string table = tests::bytes_of(out + "/tables/travel_times.csv");
    INFO(table);
    CHECK(table.starts_with("subject,id,region_id,kind,minutes"));
    CHECK(table.find("\nregion,R1,R1,market,") != std::string::npos);
    CHECK(table.find("\nplot,P1,") != std::string::npos);

    geo::Diagnostics diagnostics;
    const auto times = raster::io::open_raster({out + "/rasters/travel_time.tif", 1}, {}, diagnostics);
    CHECK(times->grid().width == 20);
    raster::Block block;
    times->read(times->grid().whole(), block);
    const auto minutes = block.values<float>();
    // The town's own cell; its neighbour to the east, 222 m away by the geodesic at 4° N (0.002° of longitude).
    const std::size_t town = 10 * 20;
    CHECK(minutes[town] == 0);
    CHECK(minutes[town + 1] == Approx(222.1 * 0.015).epsilon(1e-3));
    // The barrier's column is crossed on the road alone: the line without a speed is no way.
    CHECK(block.valid(town + 10));
    CHECK_FALSE(block.valid(5 * 20 + 10));
    CHECK(block.valid(5 * 20 + 15));
}

TEST_CASE("places fill with the families nearest over the ground, not across a gorge") {
    const StudyWithGround fixture;
    // One family west of the barriers: 670 m from Far in a straight line, but only the road in the south leads there.
    fixture.write("households.csv", "household_id,region_id,members,x,y\nH1,R1,4,-73.003,4.017\n");
    fixture.write("deliveries.csv",
                  "household_id,programme_id,component,promised_on,delivered_on\nH1,P,food,2017-01-01,2017-02-01\n");
    fixture.write("markets.csv", "name,lon,lat,capacity\nTown,-73.019,3.999,100\nFar,-72.997,4.017,100\n");
    const auto catchments = [&](const std::string& out) {
        const auto result = run_program(VEREDA_PROGRAM, {"coverage", fixture.study(), "-o", fixture.path(out)});
        INFO(result.err);
        REQUIRE(result.exit_code == 0);
        return tests::bytes_of(fixture.path(out) + "/tables/catchments.csv");
    };
    const std::string over_ground = catchments("ground");
    INFO(over_ground);
    CHECK(over_ground.find("market,Town,100,1,4,4,") != std::string::npos);
    CHECK(over_ground.find("market,Far,100,0,0,0,") != std::string::npos);
    CHECK(over_ground.find(",km") == std::string::npos);
    fixture.replace("study.toml", "friction = \"friction.asc\"\nfriction_unit = \"min/m\"\n", "");
    const std::string straight = catchments("straight");
    INFO(straight);
    CHECK(straight.find("market,Far,100,1,4,4,") != std::string::npos);
    CHECK(straight.find(",h") == std::string::npos);
}

TEST_CASE("a ground too large for --memory is refused with the size that fits, and nothing is left") {
    const StudyWithGround fixture;
    const std::string out = fixture.path("out");
    const auto result = run_program(VEREDA_PROGRAM, {"run", fixture.study(), "-o", out, "--memory", "100MiB"});
    CHECK(result.exit_code == 5);
    CHECK(result.err.find("20 × 20") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(out + "/tables"));
}
