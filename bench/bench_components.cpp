/// Connected components and patches of a clumped raster in memory.
#include <benchmark/benchmark.h>

#include <random>

#include "raster/patches.hpp"

namespace vereda::bench {

namespace {

constexpr int side = 2048;

/// About one clump of class 1 in 300 cells.
const raster::RasterSource& clumps() {
    static const raster::MemoryRasterSource<std::uint8_t> source = [] {
        const raster::Grid grid{geo::Crs::parse("EPSG:9377"), {4'800'000, 2'100'000}, 30, 30, side, side};
        raster::Raster<std::uint8_t> cells(grid);
        std::mt19937 random(1);
        std::uniform_int_distribution<int> place(0, side - 1);
        std::uniform_int_distribution<int> size(1, 9);
        for (int i = 0; i < side * side / 300; ++i) {
            const int col = place(random);
            const int row = place(random);
            const int radius = size(random);
            for (int r = row; r < std::min(side, row + radius); ++r) {
                for (int c = col; c < std::min(side, col + radius + (r * 7 + c) % 3); ++c)
                    cells.at(c, r) = 1;
            }
        }
        return raster::MemoryRasterSource<std::uint8_t>(std::move(cells), {}, {512, 512});
    }();
    return source;
}

raster::PatchOptions options() {
    raster::PatchOptions options;
    options.components.classes = {1};
    options.components.parallelism.jobs = 1;
    return options;
}

void components(benchmark::State& state) {
    raster::ComponentOptions only_counts = options().components;
    only_counts.runs = false;
    for (auto _ : state) {
        std::int64_t found = 0;
        raster::find_components(clumps(), only_counts, [&](const raster::Component&) { ++found; });
        benchmark::DoNotOptimize(found);
    }
    state.SetItemsProcessed(state.iterations() * side * side);
}
BENCHMARK(components);

void patches(benchmark::State& state) {
    for (auto _ : state) {
        std::size_t polygons = 0;
        raster::find_patches(clumps(), options(), [&](raster::Patch&& patch) { polygons += patch.polygons.size(); });
        benchmark::DoNotOptimize(polygons);
    }
    state.SetItemsProcessed(state.iterations() * side * side);
}
BENCHMARK(patches);

}  // namespace

}  // namespace vereda::bench
