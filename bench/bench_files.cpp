/// Whole zonal runs over files, each beside plain decoding of the same raster, in alternation.
///
///     vereda_bench_files RASTER POLYGONS THREADS REPEATS STATISTIC…
///
/// Prints wall seconds of both, pair by pair, and the ratio of the medians. Reading the polygons is not counted.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "geo/error.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/parallel.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "raster/zonal.hpp"

namespace vereda::bench {

namespace {

double seconds(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

/// Every block once, one handle per thread, nothing done with the cells.
void decode(const raster::RasterSource& source, int threads) {
    const raster::BlockLayout layout(source.grid().width, source.grid().height, source.block_shape());
    std::atomic<std::int64_t> next = 0;
    geo::parallel_for(static_cast<std::size_t>(threads), {threads}, [&](std::size_t) {
        const auto handle = source.clone();
        raster::Block block;
        for (std::int64_t i = next++; i < layout.count(); i = next++)
            handle->read(layout.window(i), block);
    });
}

std::vector<raster::Zone> zones_of(const std::string& path, std::optional<geo::Crs>& crs) {
    geo::Diagnostics diagnostics;
    const auto source = geo::io::open_features(path, {}, diagnostics);
    crs = source->crs();
    std::vector<raster::Zone> zones;
    geo::Feature feature;
    while (source->next(feature)) {
        if (auto* polygons = std::get_if<geo::MultiPolygon>(&feature.geometry))
            zones.push_back({std::to_string(feature.number), std::move(*polygons)});
    }
    return zones;
}

int run(std::span<char*> arguments) {
    if (arguments.size() < 6) {
        std::fprintf(stderr, "use: vereda_bench_files RASTER POLYGONS THREADS REPEATS STATISTIC...\n");
        return 2;
    }
    geo::Diagnostics diagnostics;
    const auto source = raster::io::open_raster({arguments[1], 1}, {}, diagnostics);
    std::optional<geo::Crs> crs;
    const std::vector<raster::Zone> zones = zones_of(arguments[2], crs);
    const int threads = std::atoi(arguments[3]);
    const int repeats = std::atoi(arguments[4]);
    raster::ZonalRequest request;
    request.layers = {{"r", source.get()}};
    const std::vector<std::string> names{"r"};
    for (const char* statistic : arguments.subspan(5))
        request.statistics.push_back(raster::parse_statistic(statistic, names));
    raster::ZonalOptions options;
    options.parallelism.jobs = threads;
    std::vector<double> plain;
    std::vector<double> ours;
    for (int i = 0; i < repeats; ++i) {
        plain.push_back(seconds([&] { decode(*source, threads); }));
        ours.push_back(seconds([&] { (void)raster::zonal(request, zones, *crs, options); }));
        std::printf("decode %.3f s   zonal %.3f s\n", plain.back(), ours.back());
    }
    std::printf("medians: decode %.3f s, zonal %.3f s, ratio %.2f\n", median(plain), median(ours),
                median(ours) / median(plain));
    return 0;
}

}  // namespace

}  // namespace vereda::bench

int main(int count, char** arguments) {
    try {
        return vereda::bench::run({arguments, static_cast<std::size_t>(count)});
    } catch (const vereda::geo::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return static_cast<int>(error.kind());
    }
}
