#include <fmt/format.h>
#include <algorithm>
#include <filesystem>

#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

/// A grid of three by three cells of 10 m in EPSG:32618, values 1 … 9 from the top left, and three polygons: b covers
/// the upper left cell and half of its right neighbour, a the middle cell, c lies off the grid.
class GridCase {
  public:
    GridCase() {
        folder_.write("grid.asc",
                      "ncols 3\nnrows 3\nxllcorner 500000\nyllcorner 400000\ncellsize 10\nNODATA_value -1\n1 2 3\n4 5 "
                      "6\n7 8 9\n");
        folder_.write(
            "grid.prj",
            R"(PROJCS["WGS 84 / UTM zone 18N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",-75],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1],AUTHORITY["EPSG","32618"]])");
        write_zones("b");
    }
    /// Polygons in degrees would not fall on cell edges, so they carry the grid's CRS; the first one's id may be
    /// spoiled.
    void write_zones(const std::string& first) const {
        const auto square = [](const std::string& id, const std::string& name, int left, int right, int bottom,
                               int top) {
            return fmt::format(
                R"({{"type":"Feature","properties":{{"id":"{0}","name":"{1}"}},"geometry":{{"type":"Polygon","coordinates":[[[{2},{5}],[{2},{4}],[{3},{4}],[{3},{5}],[{2},{5}]]]}}}})",
                id, name, left, right, bottom, top);
        };
        folder_.write(
            "zones.geojson",
            fmt::format(
                R"({{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::32618"}}}},"features":[{},{},{}]}})",
                square(first, "beta", 500000, 500015, 400020, 400030),
                square("a", "=1+1", 500010, 500020, 400010, 400020),
                square("c", "gamma", 600010, 600020, 400010, 400020)));
    }
    [[nodiscard]] ProgramResult zonal(std::vector<std::string> more) const {
        std::vector<std::string> words{"zonal", "-r", "v=" + path("grid.asc"), "-p", path("zones.geojson"), "-f", "id"};
        words.insert(words.end(), more.begin(), more.end());
        return run_program(VEREDA_PROGRAM, words);
    }
    [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }
    [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

  private:
    TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("zonal weighs cells by the part covered, sorts by id and leaves unknown cells empty") {
    const GridCase grid;
    const ProgramResult result =
        grid.zonal({"-s", "mean", "-s", "sum(v)", "-s", "count", "-s", "max", "-o", grid.path("out.csv")});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    // b: (1·1 + 2·0.5) / 1.5 = 4/3; sum 2; count 1.5.
    const std::string table = bytes_of(grid.path("out.csv"));
    CHECK(table.starts_with("id,v_mean,v_sum,v_count,v_max\r\na,5,5,1,5\r\nb,1.333333333333333"));
    CHECK_THAT(table, ContainsSubstring(",2,1.5,2\r\nc,,"));
}

TEST_CASE("zonal writes CSV to standard output on request, carries fields along and defuses formulas") {
    const GridCase grid;
    const ProgramResult result = grid.zonal({"-s", "max", "--include-cols", "name", "-o", "-"});
    REQUIRE(result.exit_code == 0);
    CHECK(result.out.starts_with("id,name,v_max\r\na,'=1+1,5\r\nb,beta,2\r\nc,gamma,"));
}

TEST_CASE("zonal's area is the ground's, not the map's") {
    const GridCase grid;
    const ProgramResult result = grid.zonal({"-s", "area_ha", "-o", "-"});
    REQUIRE(result.exit_code == 0);
    // On UTM's central meridian the scale is 0.9996: 100 m² of map are 100 / 0.9996² m² of ground.
    const std::size_t at = result.out.find("a,") + 2;
    CHECK(std::stod(result.out.substr(at)) == Approx(0.01 / (0.9996 * 0.9996)).epsilon(1e-6));
}

TEST_CASE("zonal writes the formats that endings name") {
    const GridCase grid;
    for (const char* name : {"out.gpkg", "out.geojson", "out.fgb", "out.xlsx"}) {
        INFO(name);
        const ProgramResult result = grid.zonal({"-s", "mean", "-o", grid.path(name)});
        INFO(result.err);
        CHECK(result.exit_code == 0);
        CHECK(fs::file_size(grid.path(name)) > 100);
    }
    CHECK_THAT(bytes_of(grid.path("out.geojson")), ContainsSubstring("\"v_mean\""));
    CHECK(grid.zonal({"-s", "mean", "-o", grid.path("out.banana")}).exit_code == 2);
}

TEST_CASE("zonal refuses wrong requests in one line and leaves an existing file alone") {
    const GridCase grid;
    grid.folder().write("out.csv", "old");
    const auto refused = [&](const std::vector<std::string>& words, int code) {
        const ProgramResult result = grid.zonal(words);
        INFO(result.err);
        CHECK(result.exit_code == code);
        CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
        CHECK(bytes_of(grid.path("out.csv")) == "old");
    };
    refused({"-s", "mean", "-o", grid.path("out.csv")}, 2);
    refused({"-s", "men", "-o", grid.path("out.csv"), "--overwrite"}, 2);
    refused({"-s", "mean(w)", "-o", grid.path("out.csv"), "--overwrite"}, 2);
    refused({"-s", "weighted_mean", "-o", grid.path("out.csv"), "--overwrite"}, 2);
    refused({"-s", "mean", "-s", "mean", "-o", grid.path("out.csv"), "--overwrite"}, 2);
    refused({"-s", "mean", "--include-cols", "nam", "-o", grid.path("out.csv"), "--overwrite"}, 2);
    refused({"-s", "mean", "-r", grid.path("nothing.tif"), "-o", grid.path("out.csv"), "--overwrite"}, 3);
    refused({"-s", "mean(v)", "-r", "https://example.org/a.tif", "-o", grid.path("out.csv"), "--overwrite"}, 4);
    grid.write_zones("a");
    refused({"-s", "mean", "-o", grid.path("out.csv"), "--overwrite"}, 3);
    CHECK(grid.zonal({"-s", "mean", "-o", grid.path("missing/out.csv")}).exit_code == 5);
}
