#include <cmath>
#include <random>

#include "geo/error.hpp"
#include "raster/ring_sums.hpp"
#include "tests/raster/cell_pictures.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::raster;

namespace {

RingOptions bands(const std::vector<double>& metres, int jobs = 2) {
    RingOptions options;
    for (const double bound : metres)
        options.bounds.emplace_back(bound);
    options.parallelism.jobs = jobs;
    return options;
}

}  // namespace

TEST_CASE("ring sums are those of all cells by their distance, exact for whole numbers") {
    std::mt19937 random(6);
    for (int round = 0; round < 8; ++round) {
        Grid grid = tests::metric_grid(40 + round, 33);
        if (round % 2 == 1) grid.cell_height = 60;
        Raster<double> values(grid);
        for (int row = 0; row < grid.height; ++row) {
            for (int col = 0; col < grid.width; ++col) {
                values.at(col, row) = static_cast<double>(random() % 1000);
                if (random() % 10 == 0) values.set_valid(col, row, false);
            }
        }
        // Points on cell centres meet bounds exactly; others lie anywhere, outside the grid too.
        const std::vector<double> bounds =
            round % 3 == 0 ? std::vector<double>{0, 100, 300, 500, 1500} : std::vector<double>{200, 250, 1000, 5000};
        std::vector<geo::Point> points{grid.cell_centre(3, 4), grid.cell_centre(20, 20)};
        std::uniform_real_distribution<double> off(-600, 5000);
        for (int i = 0; i < 10; ++i)
            points.push_back({grid.origin.x + off(random), grid.origin.y - off(random)});
        const std::vector<RingSum> found = ring_sums(values, points, bands(bounds));
        std::vector<RingSum> expected(points.size() * (bounds.size() - 1));
        for (std::size_t p = 0; p < points.size(); ++p) {
            for (int row = 0; row < grid.height; ++row) {
                for (int col = 0; col < grid.width; ++col) {
                    if (!values.valid(col, row)) continue;
                    const geo::Point centre = grid.cell_centre(col, row);
                    const double distance = std::hypot(centre.x - points[p].x, centre.y - points[p].y);
                    for (std::size_t b = 0; b + 1 < bounds.size(); ++b) {
                        if (distance < bounds[b] || distance >= bounds[b + 1]) continue;
                        expected[p * (bounds.size() - 1) + b].sum += values.at(col, row);
                        ++expected[p * (bounds.size() - 1) + b].cells;
                    }
                }
            }
        }
        CHECK(found == expected);
        CHECK(ring_sums(values, points, bands(bounds, 1)) == found);
    }
}

TEST_CASE("bounds of rings ascend from nought, on a projected grid") {
    const Raster<double> values(tests::metric_grid(2, 2), 1.0);
    const std::vector<geo::Point> points{values.grid().cell_centre(0, 0)};
    CHECK_THROWS_AS(ring_sums(values, points, bands({100})), geo::Error);
    CHECK_THROWS_AS(ring_sums(values, points, bands({0, 100, 100})), geo::Error);
    CHECK_THROWS_AS(ring_sums(values, points, bands({-1, 100})), geo::Error);
    const Raster<double> degrees(Grid{geo::Crs::wgs84(), {-70, 5}, 0.01, 0.01, 2, 2}, 1.0);
    CHECK_THROWS_AS(ring_sums(degrees, points, bands({0, 100})), geo::Error);
}
