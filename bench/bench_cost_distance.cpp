/// Travel time over ground with roads, in memory: flat with 8 and 16 neighbours, and over slopes.
#include <benchmark/benchmark.h>

#include <cmath>
#include <random>

#include "raster/cost_distance.hpp"

namespace vereda::bench {

namespace {

constexpr int side = 1500;

raster::CostSurface ground(bool sloped) {
    raster::CostSurface surface({geo::Crs::parse("EPSG:9377"), {4'800'000, 2'100'000}, 30, 30, side, side}, sloped);
    std::mt19937 random(1);
    std::uniform_real_distribution<double> noise(0, 1);
    for (int row = 0; row < side; ++row) {
        for (int col = 0; col < side; ++col) {
            const double rough = 0.5 + 0.5 * std::sin(row / 90.0) * std::cos(col / 70.0);
            surface.set_pace(col, row, 0.012 + 0.03 * rough + 0.01 * noise(random));
            if (sloped) surface.set_elevation(col, row, 400 * rough);
            if (row % 120 == 60 || col % 200 == 100) surface.set_pace_of_way(col, row, 0.0012);
        }
    }
    return surface;
}

void travel(benchmark::State& state, bool sloped, raster::Neighbours neighbours) {
    raster::CostSurface surface = ground(sloped);
    const std::vector<raster::Origin> origins{{100, 100}, {1300, 200}, {700, 800}, {200, 1400}};
    for (auto _ : state) {
        raster::accumulate_cost(surface, origins, {.neighbours = neighbours});
        benchmark::DoNotOptimize(surface.time(side - 1, side - 1));
    }
    state.SetItemsProcessed(state.iterations() * surface.grid().cells());
}

}  // namespace

BENCHMARK_CAPTURE(travel, flat_8, false, raster::Neighbours::eight)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(travel, flat_16, false, raster::Neighbours::sixteen)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(travel, sloped_8, true, raster::Neighbours::eight)->Unit(benchmark::kMillisecond);

}  // namespace vereda::bench
