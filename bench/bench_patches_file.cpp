/// Components, patches or distances of a file, once, as one process: to be timed from outside beside a peer.
///
///     vereda_bench_patches label|patches|distance RASTER THREADS CLASS…
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>

#include "geo/error.hpp"
#include "raster/distance.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "raster/patches.hpp"

namespace vereda::bench {

namespace {

int run(std::span<char*> arguments) {
    if (arguments.size() < 5) {
        std::fprintf(stderr, "use: vereda_bench_patches label|patches|distance RASTER THREADS CLASS...\n");
        return 2;
    }
    geo::Diagnostics diagnostics;
    const auto source = raster::io::open_raster({arguments[2], 1}, {}, diagnostics);
    raster::PatchOptions options;
    options.components.parallelism.jobs = std::atoi(arguments[3]);
    for (const char* value : arguments.subspan(4))
        options.components.classes.push_back(std::atof(value));
    std::size_t found = 0;
    std::size_t vertices = 0;
    double area = 0;
    if (std::string(arguments[1]) == "label") {
        options.components.runs = false;
        raster::find_components(*source, options.components, [&](const raster::Component& component) {
            ++found;
            area += static_cast<double>(component.cells);
        });
    } else if (std::string(arguments[1]) == "distance") {
        const raster::DistanceOptions distance{.parallelism = options.components.parallelism};
        const raster::Raster<std::uint8_t> targets =
            raster::cells_of_classes(*source, options.components.classes, distance);
        float farthest = 0;
        const bool any = raster::each_distance(
            targets,
            [&](int, std::span<const float> metres) {
                constexpr std::size_t lanes = 16;
                std::array<float, lanes> most{};
                std::size_t i = 0;
                for (; i + lanes <= metres.size(); i += lanes) {
                    for (std::size_t lane = 0; lane < lanes; ++lane)
                        most[lane] = most[lane] < metres[i + lane] ? metres[i + lane] : most[lane];
                }
                for (; i < metres.size(); ++i)
                    most[0] = std::max(most[0], metres[i]);
                farthest = std::max(farthest, *std::ranges::max_element(most));
            },
            distance);
        if (!any) return 1;
        std::printf("%.2f m at most\n", static_cast<double>(farthest));
        return 0;
    } else {
        std::vector<geo::MultiPolygon> kept;  // as a peer that polygonises into memory keeps its features
        raster::find_patches(*source, options, [&](raster::Patch&& patch) {
            area += patch.area.value() / 1e4;
            kept.push_back(std::move(patch.polygons));
        });
        found = kept.size();
        for (const geo::MultiPolygon& polygons : kept) {
            for (const geo::Polygon& polygon : polygons)
                vertices += polygon.outer.size();
        }
    }
    std::printf("%zu found, %.2f in all (cells or ha), %zu vertices of outer rings\n", found, area, vertices);
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
