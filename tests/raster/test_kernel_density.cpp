#include <cmath>
#include <numbers>
#include <random>

#include "geo/error.hpp"
#include "raster/kernel_density.hpp"
#include "tests/raster/cell_pictures.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::raster;

namespace {

std::vector<WeightedPoint> random_points(const Grid& grid, int count, double margin, unsigned seed) {
    std::mt19937 random(seed);
    const geo::Box box = grid.extent();
    std::uniform_real_distribution<double> x(box.min.x + margin, box.max.x - margin);
    std::uniform_real_distribution<double> y(box.min.y + margin, box.max.y - margin);
    std::uniform_real_distribution<double> weight(0, 3);
    std::vector<WeightedPoint> points;
    for (int i = 0; i < count; ++i)
        points.push_back({{x(random), y(random)}, weight(random)});
    return points;
}

DensityOptions of_bandwidth(double metres, int jobs = 2) {
    DensityOptions options;
    options.bandwidth = geo::Metres(metres);
    options.parallelism.jobs = jobs;
    return options;
}

}  // namespace

TEST_CASE("the density of one point is the quartic kernel around it") {
    const Grid grid = tests::metric_grid(9, 9);
    const std::vector<WeightedPoint> point{{grid.cell_centre(4, 4), 2}};
    const Raster<double> density = kernel_density(grid, point, of_bandwidth(300));
    CHECK(density.at(4, 4) == Approx(2 * 3 / (std::numbers::pi * 300 * 300)));
    CHECK(density.at(6, 4) == Approx(2 * 3 / (std::numbers::pi * 300 * 300) * std::pow(1 - 4.0 / 9, 2)));
    CHECK(density.at(5, 3) == Approx(2 * 3 / (std::numbers::pi * 300 * 300) * std::pow(1 - 2.0 / 9, 2)));
    CHECK(density.at(7, 4) == 0);
    CHECK(density.at(0, 0) == 0);
}

TEST_CASE("densities are sums over all points, those outside the grid too") {
    Grid grid = tests::metric_grid(50, 150);
    grid.cell_width = 40;
    const std::vector<WeightedPoint> points = random_points(grid, 60, -700, 4);
    const Raster<double> density = kernel_density(grid, points, of_bandwidth(650));
    double worst = 0;
    for (int row = 0; row < grid.height; ++row) {
        for (int col = 0; col < grid.width; ++col) {
            double expected = 0;
            for (const WeightedPoint& point : points) {
                const geo::Point centre = grid.cell_centre(col, row);
                const double d = std::hypot(point.place.x - centre.x, point.place.y - centre.y) / 650;
                if (d < 1) expected += point.weight * 3 / (std::numbers::pi * 650 * 650) * (1 - d * d) * (1 - d * d);
            }
            worst = std::max(worst, std::abs(density.at(col, row) - expected));
        }
    }
    CHECK(worst < 1e-17);
}

TEST_CASE("away from the border the density integrates to the sum of the weights") {
    const Grid grid = tests::metric_grid(120, 100);
    const std::vector<WeightedPoint> points = random_points(grid, 200, 800, 8);
    double weights = 0;
    for (const WeightedPoint& point : points)
        weights += point.weight;
    const Raster<double> density = kernel_density(grid, points, of_bandwidth(800));
    double integral = 0;
    for (const double value : density.values())
        integral += value * 100 * 100;
    CHECK(integral == Approx(weights).epsilon(1e-3));
}

TEST_CASE("densities do not depend on the number of threads") {
    const Grid grid = tests::metric_grid(80, 300);
    const std::vector<WeightedPoint> points = random_points(grid, 300, 0, 5);
    CHECK(kernel_density(grid, points, of_bandwidth(900, 1)).values() ==
          kernel_density(grid, points, of_bandwidth(900, 4)).values());
}

TEST_CASE("a density needs a bandwidth, a projected grid and finite points") {
    const Grid grid = tests::metric_grid(3, 3);
    const std::vector<WeightedPoint> point{{grid.cell_centre(1, 1), 1}};
    CHECK_THROWS_AS(kernel_density(grid, point, of_bandwidth(0)), geo::Error);
    const Grid degrees{geo::Crs::wgs84(), {-70, 5}, 0.01, 0.01, 3, 3};
    CHECK_THROWS_AS(kernel_density(degrees, point, of_bandwidth(100)), geo::Error);
    const std::vector<WeightedPoint> unknown{{grid.cell_centre(1, 1), std::nan("")}};
    CHECK_THROWS_AS(kernel_density(grid, unknown, of_bandwidth(100)), geo::Error);
}
