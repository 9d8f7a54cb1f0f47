/// Distance transform, kernel density and ring sums on grids of some million cells.
#include <benchmark/benchmark.h>

#include <random>

#include "raster/distance.hpp"
#include "raster/kernel_density.hpp"
#include "raster/ring_sums.hpp"

namespace vereda::bench {

namespace {

raster::Grid square(int side) {
    return {geo::Crs::parse("EPSG:9377"), {4'800'000, 2'100'000}, 30, 30, side, side};
}

std::vector<geo::Point> places(const raster::Grid& grid, int count) {
    std::mt19937 random(3);
    const geo::Box box = grid.extent();
    std::uniform_real_distribution<double> x(box.min.x, box.max.x);
    std::uniform_real_distribution<double> y(box.min.y, box.max.y);
    std::vector<geo::Point> points;
    for (int i = 0; i < count; ++i)
        points.push_back({x(random), y(random)});
    return points;
}

void distance_transform(benchmark::State& state) {
    raster::Raster<std::uint8_t> targets(square(static_cast<int>(state.range(0))));
    std::mt19937 random(1);
    for (std::uint8_t& cell : targets.values())
        cell = random() % 500 == 0 ? 1 : 0;
    for (auto _ : state) {
        const raster::Raster<float> distances = raster::distance_to(targets);
        benchmark::DoNotOptimize(distances.values().data());
    }
    state.SetItemsProcessed(state.iterations() * targets.grid().cells());
}
BENCHMARK(distance_transform)->Arg(1000)->Arg(4000)->Unit(benchmark::kMillisecond)->UseRealTime();

void density_of_points(benchmark::State& state) {
    raster::Grid grid = square(500);
    grid.cell_width = grid.cell_height = 300;
    std::vector<raster::WeightedPoint> points;
    for (const geo::Point& place : places(grid, 20'000))
        points.push_back({place, 1});
    raster::DensityOptions options;
    options.bandwidth = geo::Metres(5000);
    for (auto _ : state) {
        const raster::Raster<double> density = raster::kernel_density(grid, points, options);
        benchmark::DoNotOptimize(density.values().data());
    }
}
BENCHMARK(density_of_points)->Unit(benchmark::kMillisecond)->UseRealTime();

void sums_of_rings(benchmark::State& state) {
    const raster::Raster<double> values(square(2000), 1.0);
    const std::vector<geo::Point> points = places(values.grid(), 1000);
    raster::RingOptions options;
    for (const double bound : {0.0, 1000.0, 2000.0, 5000.0, 10'000.0, 20'000.0})
        options.bounds.emplace_back(bound);
    for (auto _ : state) {
        const auto sums = raster::ring_sums(values, points, options);
        benchmark::DoNotOptimize(sums.data());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(points.size()));
}
BENCHMARK(sums_of_rings)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

}  // namespace vereda::bench
