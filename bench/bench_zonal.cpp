/// The zonal loop over rasters in memory, one thread: what it costs beside reading.
#include <benchmark/benchmark.h>

#include "bench/shapes.hpp"

namespace vereda::bench {

namespace {

constexpr int side = 2048;

template <class T>
raster::MemoryRasterSource<T> noise(int classes, int run) {
    std::mt19937_64 random(3);
    std::uniform_int_distribution<int> value(0, classes - 1);
    raster::Raster<T> raster(bench::grid(side));
    T current{};
    for (std::size_t i = 0; i < raster.values().size(); ++i) {
        if (i % static_cast<std::size_t>(run) == 0) current = static_cast<T>(value(random));
        raster.values()[i] = current;
    }
    return raster::MemoryRasterSource<T>(std::move(raster), {}, {512, 512});
}

void run(benchmark::State& state, const raster::RasterSource& source, const std::vector<raster::Zone>& zones,
         const std::vector<std::string>& statistics) {
    raster::ZonalRequest request;
    request.layers = {{"r", &source}};
    const std::vector<std::string> names{"r"};
    for (const std::string& statistic : statistics)
        request.statistics.push_back(raster::parse_statistic(statistic, names));
    raster::ZonalOptions options;
    options.parallelism.jobs = 1;
    for (auto _ : state)
        benchmark::DoNotOptimize(raster::zonal(request, zones, source.grid().crs, options));
    state.SetItemsProcessed(state.iterations() * source.grid().cells());
}

std::vector<raster::Zone> large() {
    std::mt19937_64 random(4);
    const geo::Box box = bench::grid(side).extent();
    const geo::Point centre{(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
    return {{"z", star(random, centre, box.width() * 0.48, 2000)}};
}

void mean_of_floats_large(benchmark::State& state) {
    run(state, noise<float>(10000, 1), large(), {"mean", "sum", "count"});
}
BENCHMARK(mean_of_floats_large)->Unit(benchmark::kMillisecond);

void variance_of_floats_large(benchmark::State& state) {
    run(state, noise<float>(10000, 1), large(), {"variance"});
}
BENCHMARK(variance_of_floats_large)->Unit(benchmark::kMillisecond);

void shares_of_bytes_large(benchmark::State& state) {
    run(state, noise<std::uint8_t>(24, static_cast<int>(state.range(0))), large(), {"frac"});
}
BENCHMARK(shares_of_bytes_large)->Arg(1)->Arg(12)->Unit(benchmark::kMillisecond);

void mean_of_floats_plots(benchmark::State& state) {
    run(state, noise<float>(10000, 1), plots(bench::grid(side), 2000), {"mean", "sum", "count"});
}
BENCHMARK(mean_of_floats_plots)->Unit(benchmark::kMillisecond);

}  // namespace

}  // namespace vereda::bench
