/// Coverage fractions: many small plots, and one large outline of many vertices.
#include <benchmark/benchmark.h>

#include "bench/shapes.hpp"
#include "raster/coverage.hpp"

namespace vereda::bench {

namespace {

void coverage_of_plots(benchmark::State& state) {
    const raster::Grid grid = bench::grid(4096);
    const std::vector<raster::Zone> zones = plots(grid, 2000);
    raster::CoverageSweep sweep;
    raster::SpanList spans;
    for (auto _ : state) {
        for (const raster::Zone& zone : zones) {
            const raster::Outline outline(zone.geometry, grid);
            spans.clear();
            sweep.spans(outline, outline.bounds(), spans);
            benchmark::DoNotOptimize(spans.all().data());
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(zones.size()));
}
BENCHMARK(coverage_of_plots);

void coverage_of_a_large_outline(benchmark::State& state) {
    const raster::Grid grid = bench::grid(4096);
    std::mt19937_64 random(2);
    const geo::Box box = grid.extent();
    const geo::Point centre{(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
    const geo::MultiPolygon polygon = star(random, centre, box.width() * 0.48, static_cast<int>(state.range(0)));
    const raster::Outline outline(polygon, grid);
    raster::CoverageSweep sweep;
    raster::SpanList spans;
    for (auto _ : state) {
        spans.clear();
        for (int row = 0; row < grid.height; row += 512) {
            for (int col = 0; col < grid.width; col += 512)
                sweep.spans(outline, {col, row, 512, 512}, spans);
        }
        benchmark::DoNotOptimize(spans.all().data());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(coverage_of_a_large_outline)->Arg(1000)->Arg(20000);

}  // namespace

}  // namespace vereda::bench
