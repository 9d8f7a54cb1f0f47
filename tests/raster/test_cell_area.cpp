#include <cmath>
#include <random>

#include "geo/geodesic.hpp"
#include "raster/cell_area.hpp"
#include "raster/zonal.hpp"
#include "tests/raster/polygons.hpp"
#include "tests/support/catch.hpp"

namespace vereda::tests {

using raster::CellArea;
using raster::Grid;

namespace {

double measured(const Grid& grid, int col, int row) {
    const geo::Box box = grid.cell_box(col, row);
    return geo::ellipsoidal_area(rectangle(box.min.x, box.min.y, box.max.x, box.max.y), grid.crs, 1e-12).value();
}

/// area_ha of the zones over a raster of that grid.
std::vector<double> zone_hectares(const Grid& grid, const std::vector<raster::Zone>& zones, const geo::Crs& zones_crs) {
    const raster::MemoryRasterSource<std::uint8_t> source{raster::Raster<std::uint8_t>(grid)};
    raster::ZonalRequest request;
    request.layers = {{"r", &source}};
    const std::vector<std::string> names{"r"};
    request.statistics = {raster::parse_statistic("area_ha", names)};
    const raster::ZonalResult result = raster::zonal(request, zones, zones_crs);
    std::vector<double> hectares;
    for (const auto& value : result.columns.at(0).values)
        hectares.push_back(value.value());
    return hectares;
}

}  // namespace

TEST_CASE("the rows of a global grid sum to the area of the ellipsoid") {
    const Grid grid = grid_of({-180, 90}, 1, 360, 180);
    CellArea areas(grid);
    double total = 0;
    for (int row = 0; row < grid.height; ++row)
        total += areas.row_area(row) * grid.width;
    // WGS 84: 510,065,621.724 km² (NIMA TR8350.2, third edition, 2000, table 3.4: 510 065 621.7 km²).
    CHECK(total / 1e6 == Approx(510'065'621.724).epsilon(1e-11));
}

TEST_CASE("cell areas equal geodesic areas of densified cells, lon/lat, Mercator, UTM, feet and equal-area") {
    struct Case {
        const char* crs;
        geo::Point origin;
        double cell;
    };
    const std::vector<Case> cases{{"EPSG:4326", {-73, 4}, 0.00025},
                                  {"EPSG:4326", {-66, -58}, 0.01},
                                  {"EPSG:4686", {-76, 8}, 0.1},
                                  {"EPSG:3857", {-8'126'000, 450'000}, 30},
                                  {"EPSG:3857", {1'000'000, 8'300'000}, 1000},
                                  {"EPSG:32618", {200'000, 600'000}, 30},
                                  {"EPSG:3116", {400'000, 1'500'000}, 5000},
                                  {"EPSG:2264", {1'500'000, 700'000}, 100},
                                  {"EPSG:6933", {-7'000'000, 500'000}, 1000}};
    for (const Case& c : cases) {
        CAPTURE(c.crs, c.cell);
        const Grid grid = grid_of(c.origin, c.cell, 1100, 700, geo::Crs::parse(c.crs));
        CellArea areas(grid);
        for (const auto& [col, row] : {std::pair{0, 0}, {511, 300}, {512, 512}, {777, 123}, {1099, 699}}) {
            const raster::Window tile =
                raster::intersection({col / 512 * 512, row / 512 * 512, 512, 512}, grid.whole());
            const double expected = measured(grid, col, row);
            CHECK(areas.row_areas(tile, row)[col - tile.col] == Approx(expected).epsilon(2e-8));
            CHECK(areas.cell_area(col, row) == Approx(expected).epsilon(2e-8));
        }
    }
}

TEST_CASE("zone areas equal the geodesic area of the densified ring within 1e-6 between 60 S and 60 N") {
    std::mt19937_64 random(3);
    for (const double latitude : {-59.0, -31.5, 0.2, 17.0, 44.4, 58.5}) {
        CAPTURE(latitude);
        const Grid grid = grid_of({10, latitude + 0.5}, 0.00025, 4000, 4000);
        std::vector<raster::Zone> zones;
        for (int i = 0; i < 12; ++i) {
            const double radius = i < 6 ? 0.4 : 0.003;
            zones.push_back({std::to_string(i), {geo::Polygon{star_ring(random, {10.5, latitude}, radius, 30), {}}}});
        }
        const std::vector<double> hectares = zone_hectares(grid, zones, grid.crs);
        for (std::size_t i = 0; i < zones.size(); ++i) {
            const double expected = geo::ellipsoidal_area(zones[i].geometry, grid.crs, 1e-11).value() / 1e4;
            CHECK(hectares[i] == Approx(expected).epsilon(1e-6));
        }
    }
}

TEST_CASE("a raster in Web Mercator gives true hectares") {
    std::mt19937_64 random(4);
    const geo::Crs mercator = geo::Crs::parse("EPSG:3857");
    for (const double y : {-7'500'000.0, 450'000.0, 8'000'000.0}) {
        const Grid grid = grid_of({-8'126'000, y + 30'000}, 30, 2000, 2000, mercator);
        std::vector<raster::Zone> zones;
        for (int i = 0; i < 6; ++i) {
            const double radius = i < 3 ? 25'000 : 600;
            zones.push_back({std::to_string(i), {geo::Polygon{star_ring(random, {-8'096'000, y}, radius, 30), {}}}});
        }
        const std::vector<double> hectares = zone_hectares(grid, zones, mercator);
        for (std::size_t i = 0; i < zones.size(); ++i) {
            const double expected = geo::ellipsoidal_area(zones[i].geometry, mercator, 1e-11).value() / 1e4;
            CHECK(hectares[i] == Approx(expected).epsilon(1e-6));
        }
    }
}

TEST_CASE("zones in another CRS are densified, so their area stays that of their own straight edges") {
    const geo::Crs utm = geo::Crs::parse("EPSG:32618");
    const Grid grid = grid_of({300'000, 700'000}, 30, 6000, 6000, utm);
    // A lon/lat rectangle with edges of 80 km: their images in UTM are curves.
    const std::vector<raster::Zone> zones{{"z", rectangle(-76.4, 5.0, -75.6, 5.7)}};
    const double expected = geo::ellipsoidal_area(zones[0].geometry, geo::Crs::wgs84(), 1e-11).value() / 1e4;
    CHECK(zone_hectares(grid, zones, geo::Crs::wgs84())[0] == Approx(expected).epsilon(1e-7));
}

}  // namespace vereda::tests
