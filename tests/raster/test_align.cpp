#include <type_traits>

#include "geo/error.hpp"
#include "raster/align.hpp"
#include "tests/raster/polygons.hpp"
#include "tests/support/catch.hpp"

namespace vereda::tests {

using raster::MemoryRasterSource;
using raster::Raster;
using raster::resample;
using raster::Resampling;

TEST_CASE("only align() makes a stack") {
    CHECK_FALSE(std::is_default_constructible_v<raster::AlignedStack>);
    CHECK_FALSE(std::is_constructible_v<raster::AlignedStack, raster::Grid>);
}

TEST_CASE("resampling onto a coarser grid: average and mode by exact shares, nearest by centre") {
    Raster<std::uint8_t> fine(grid_of({0, 4}, 1, 4, 4), {1, 1, 5, 6, 2, 1, 7, 8, 9, 9, 3, 3, 9, 4, 3, 4});
    fine.set_valid(3, 3, false);
    const MemoryRasterSource<std::uint8_t> source(fine);
    const raster::Grid coarse = grid_of({0, 4}, 2, 3, 2);
    const Raster<double> average = resample(source, coarse, Resampling::average);
    CHECK(average.at(0, 0) == Approx(1.25));
    CHECK(average.at(1, 0) == Approx(6.5));
    CHECK(average.at(1, 1) == Approx(3.0));
    CHECK_FALSE(average.valid(2, 0));
    const Raster<double> mode = resample(source, coarse, Resampling::mode);
    CHECK(mode.at(0, 0) == 1);
    CHECK(mode.at(0, 1) == 9);
    // Centres of coarse cells lie on cell borders: the cell to the right and below holds them.
    CHECK(resample(source, coarse, Resampling::nearest).at(0, 0) == 1);
    CHECK(resample(source, coarse, Resampling::nearest).at(1, 0) == 8);
}

TEST_CASE("bilinear gives a plane back exactly, between CRSs too") {
    Raster<double> plane(grid_of({-75, 5}, 0.01, 60, 60));
    for (int row = 0; row < 60; ++row) {
        for (int col = 0; col < 60; ++col) {
            const geo::Point p = plane.grid().cell_centre(col, row);
            plane.at(col, row) = 3 * p.x - 2 * p.y;
        }
    }
    const MemoryRasterSource<double> source(plane);
    const geo::Crs utm = geo::Crs::parse("EPSG:32618");
    const geo::Point middle = geo::CrsTransform(geo::Crs::wgs84(), utm).forward(geo::Point{-74.7, 4.7});
    const raster::Grid grid = grid_of({middle.x - 10'000, middle.y + 10'000}, 500, 40, 40, utm);
    const Raster<double> moved = resample(source, grid, Resampling::bilinear);
    const geo::CrsTransform back(utm, geo::Crs::wgs84());
    for (const auto& [col, row] : {std::pair{0, 0}, {39, 0}, {17, 23}, {39, 39}}) {
        const geo::Point p = back.forward(grid.cell_centre(col, row));
        CHECK(moved.at(col, row) == Approx(3 * p.x - 2 * p.y).epsilon(1e-10));
    }
}

TEST_CASE("a stack holds its layers by name on one grid") {
    const raster::Grid grid = grid_of({0, 4}, 1, 4, 4);
    const MemoryRasterSource<float> same{Raster<float>(grid, 2.5F)};
    const MemoryRasterSource<std::uint8_t> other{Raster<std::uint8_t>(grid_of({0, 4}, 2, 2, 2), 7)};
    const std::vector<raster::AlignInput> inputs{{"a", &same, Resampling::nearest}, {"b", &other, Resampling::mode}};
    const raster::AlignedStack stack = raster::align(grid, inputs);
    CHECK(stack.layer("a").at(3, 3) == 2.5);
    CHECK(stack.layer("b").at(3, 3) == 7);
    CHECK(stack.layer("b").grid() == grid);
    CHECK_THROWS_AS(stack.layer("c"), geo::Error);
}

}  // namespace vereda::tests
