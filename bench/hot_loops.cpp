/// One hot loop, once, over made-up data: what scripts/instructions counts the instructions of.
///
///     vereda_hot_loops LOOP        (without a name: lists the loops)
///
/// Only what runs inside measured() is counted; one thread, no files, no clock.
#include <cmath>
#include <cstdio>
#include <functional>
#include <map>
#include <numbers>
#include <string>

#include "bench/shapes.hpp"
#include "geo/simple_ring.hpp"
#include "raster/coverage.hpp"
#include "raster/io/predictor.hpp"
#include "raster/tabulate.hpp"

namespace vereda::bench {

/// The function that counting is switched on for, by its name.
__attribute__((noinline)) void measured(const std::function<void()>& work) {
    work();
}

namespace {

constexpr int side = 1024;

raster::ZonalOptions one_thread() {
    raster::ZonalOptions options;
    options.parallelism.jobs = 1;
    return options;
}

template <class T>
raster::MemoryRasterSource<T> cells(int classes, int run) {
    std::mt19937_64 random(3);
    raster::Raster<T> raster(bench::grid(side));
    T current{};
    for (std::size_t i = 0; i < raster.values().size(); ++i) {
        if (i % static_cast<std::size_t>(run) == 0) current = static_cast<T>(random() % static_cast<unsigned>(classes));
        raster.values()[i] = current;
    }
    return raster::MemoryRasterSource<T>(std::move(raster), {}, {512, 512});
}

std::vector<raster::Zone> large() {
    std::mt19937_64 random(4);
    const geo::Box box = bench::grid(side).extent();
    const geo::Point centre{(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
    return {{"z", star(random, centre, box.width() * 0.48, 2000)}};
}

void sweep(const std::vector<raster::Zone>& zones) {
    const raster::Grid grid = bench::grid(side);
    measured([&] {
        raster::CoverageSweep coverage;
        raster::SpanList spans;
        for (const raster::Zone& zone : zones) {
            const raster::Outline outline(zone.geometry, grid);
            for (int tile = 0; tile < side; tile += 512) {
                coverage.spans(outline, {tile, 0, 512, 512}, spans);
                coverage.spans(outline, {tile, 512, 512, 512}, spans);
            }
        }
    });
}

template <class T>
void statistics(const raster::MemoryRasterSource<T>& source, const std::vector<std::string>& wanted,
                const std::vector<raster::Zone>& zones) {
    raster::ZonalRequest request;
    request.layers = {{"r", &source}};
    for (const std::string& statistic : wanted)
        request.statistics.push_back(raster::parse_statistic(statistic, std::vector<std::string>{"r"}));
    measured([&] { (void)raster::zonal(request, zones, source.grid().crs, one_thread()); });
}

void tabulated_loss() {
    const auto loss = cells<std::uint8_t>(24, 31);
    const auto driver = cells<std::uint8_t>(7, 512);
    const auto canopy = cells<std::uint8_t>(101, 3);
    const std::vector<raster::KeyLayer> layers{
        {"loss", &loss, raster::Classing::whole_numbers(12, 23)},
        {"driver", &driver, raster::Classing::whole_numbers(1, 7).with_missing()},
        {"canopy", &canopy, raster::Classing::by_breaks({10, 30, 75})}};
    measured([&] { (void)raster::tabulate(layers, large(), loss.grid().crs, one_thread()); });
}

void predictors() {
    constexpr std::size_t samples = 512;
    std::vector<std::uint8_t> row(4 * samples, 3);
    std::vector<float> values(samples);
    measured([&] {
        for (int i = 0; i < 4096; ++i) {
            raster::io::undo_planes(row.data(), values.data(), samples, 4);
            raster::io::undo_differences(row.data(), 4 * samples, 1);
        }
    });
}

/// A detailed border of a region: it goes in and out all along a circle, so that no point sees all of it.
geo::Ring border(geo::Point centre, double radius, int points) {
    geo::Ring ring;
    for (int i = 0; i < points; ++i) {
        const double turn = 2 * std::numbers::pi * i / points;
        const double along = turn + 0.02 * std::sin(200 * turn);
        const double out = radius * (1 + 0.02 * std::cos(100 * turn));
        ring.push_back({centre.x + out * std::cos(along), centre.y + out * std::sin(along)});
    }
    ring.push_back(ring.front());
    return ring;
}

void simple_rings() {
    const std::vector<raster::Zone> small = plots(bench::grid(side), 5000);
    const geo::Ring detailed = border({1e6, 2e6}, 3e4, 2000);
    measured([&] {
        int simple = 0;
        for (const raster::Zone& zone : small)
            simple += geo::surely_simple(zone.geometry.front().outer) ? 1 : 0;
        for (int i = 0; i < 20; ++i)
            simple += geo::surely_simple(detailed) ? 1 : 0;
        if (simple != 5020) std::puts("not all rings were proved simple");
    });
}

const std::map<std::string, std::function<void()>>& loops() {
    static const std::map<std::string, std::function<void()>> all{
        {"coverage_of_plots", [] { sweep(plots(bench::grid(side), 2000)); }},
        {"coverage_of_a_large_outline", [] { sweep(large()); }},
        {"shares_of_bytes", [] { statistics(cells<std::uint8_t>(24, 31), {"frac"}, large()); }},
        {"mean_of_floats",
         [] {
             statistics(cells<float>(5000, 1), {"mean", "sum", "count"}, large());
         }},
        {"variance_of_floats", [] { statistics(cells<float>(5000, 1), {"variance"}, large()); }},
        {"shares_under_plots",
         [] { statistics(cells<std::uint8_t>(24, 31), {"frac"}, plots(bench::grid(side), 2000)); }},
        {"tabulated_loss", tabulated_loss},
        {"predictors", predictors},
        {"simple_rings", simple_rings},
    };
    return all;
}

}  // namespace

}  // namespace vereda::bench

int main(int count, char** arguments) {
    const auto& loops = vereda::bench::loops();
    const auto found = count == 2 ? loops.find(arguments[1]) : loops.end();
    if (found == loops.end()) {
        for (const auto& [name, loop] : loops)
            std::puts(name.c_str());
        return count == 1 ? 0 : 2;
    }
    found->second();
    return 0;
}
