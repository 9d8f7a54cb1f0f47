#include <cmath>
#include <limits>
#include <random>

#include "geo/error.hpp"
#include "raster/distance.hpp"
#include "tests/raster/cell_pictures.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::raster;

namespace {

/// Distance to the nearest target, by looking at all of them.
double nearest(const Raster<std::uint8_t>& targets, int col, int row) {
    double best = std::numeric_limits<double>::infinity();
    for (int r = 0; r < targets.height(); ++r) {
        for (int c = 0; c < targets.width(); ++c) {
            if (targets.at(c, r) == 0) continue;
            best = std::min(best,
                            std::hypot((c - col) * targets.grid().cell_width, (r - row) * targets.grid().cell_height));
        }
    }
    return best;
}

}  // namespace

TEST_CASE("distances are those to the nearest of all targets, for square and oblong cells") {
    std::mt19937 random(9);
    for (int round = 0; round < 12; ++round) {
        Grid grid = tests::metric_grid(1 + static_cast<int>(random() % 90), 1 + static_cast<int>(random() % 80));
        grid.cell_width = round % 3 == 0 ? 100 : 31.7;
        grid.cell_height = round % 3 == 1 ? 100 : 12.3;
        Raster<std::uint8_t> targets(grid);
        const unsigned one_in = round % 2 == 0 ? 7 : 400;
        for (std::uint8_t& cell : targets.values())
            cell = random() % one_in == 0 ? 1 : 0;
        targets.values()[random() % targets.values().size()] = 1;
        DistanceOptions options;
        options.parallelism.jobs = 1 + round % 3;
        const Raster<float> found = distance_to(targets, options);
        double worst = 0;
        for (int row = 0; row < grid.height; ++row) {
            for (int col = 0; col < grid.width; ++col) {
                const double expected = nearest(targets, col, row);
                worst = std::max(worst, std::abs(static_cast<double>(found.at(col, row)) - expected) / (expected + 1));
            }
        }
        CHECK(worst < 1e-7);
        CHECK(found.mask().empty());
    }
}

TEST_CASE("distances do not depend on the number of threads") {
    Raster<std::uint8_t> targets(tests::metric_grid(600, 300));
    std::mt19937 random(2);
    for (int i = 0; i < 40; ++i)
        targets.values()[random() % targets.values().size()] = 1;
    DistanceOptions one;
    one.parallelism.jobs = 1;
    DistanceOptions four;
    four.parallelism.jobs = 4;
    CHECK(distance_to(targets, one).values() == distance_to(targets, four).values());
}

TEST_CASE("distances handed on some rows at a time are those of the whole, in order") {
    Raster<std::uint8_t> targets(tests::metric_grid(130, 101));
    std::mt19937 random(4);
    for (int i = 0; i < 9; ++i)
        targets.values()[random() % targets.values().size()] = 1;
    DistanceOptions options;
    for (const int jobs : {1, 3}) {
        options.parallelism.jobs = jobs;
        std::vector<float> handed_on;
        const bool any = each_distance(
            targets,
            [&](int first_row, std::span<const float> distances) {
                CHECK(static_cast<std::size_t>(first_row) * 130 == handed_on.size());
                handed_on.insert(handed_on.end(), distances.begin(), distances.end());
            },
            options);
        CHECK(any);
        CHECK(handed_on == distance_to(targets).values());
    }
}

TEST_CASE("without a target nothing is handed on") {
    int calls = 0;
    const auto count = [&](int, std::span<const float>) { ++calls; };
    CHECK_FALSE(each_distance(Raster<std::uint8_t>(tests::metric_grid(3, 2)), count));
    CHECK(calls == 0);
    const Grid degrees{geo::Crs::wgs84(), {-70, 5}, 0.01, 0.01, 3, 1};
    CHECK_THROWS_AS(each_distance(Raster<std::uint8_t>(degrees), count), geo::Error);
}

TEST_CASE("without a target no distance is known") {
    const Raster<float> found = distance_to(Raster<std::uint8_t>(tests::metric_grid(3, 2)));
    for (int i = 0; i < 6; ++i)
        CHECK_FALSE(found.valid(i % 3, i / 3));
}

TEST_CASE("distances in feet are given in metres, distances in degrees not at all") {
    Grid feet{geo::Crs::parse("EPSG:2263"), {1'000'000, 200'000}, 100, 100, 3, 1};
    Raster<std::uint8_t> targets(feet);
    targets.at(0, 0) = 1;
    CHECK(distance_to(targets).at(2, 0) == Approx(200 * 0.3048006096));
    const Grid degrees{geo::Crs::wgs84(), {-70, 5}, 0.01, 0.01, 3, 1};
    CHECK_THROWS_AS(distance_to(Raster<std::uint8_t>(degrees)), geo::Error);
}

TEST_CASE("cells of classes are marked, those without a value are not") {
    const MemoryRasterSource<std::uint8_t> source(tests::drawn("12x/3.1"), {}, {2, 1});
    const Raster<std::uint8_t> marked = cells_of_classes(source, {1, 3, 0});
    CHECK(marked.values() == std::vector<std::uint8_t>{1, 0, 0, 1, 1, 1});
}
