/// Plots of two or more files tracked, once, as one process: to be timed from outside beside a peer's overlay.
///
///     vereda_bench_tracking THREADS ID_FIELD=FILE ID_FIELD=FILE…
///
/// Prints seconds by part (reading; moving into an equal-area CRS and checking; identities and events) and the events.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/crs.hpp"
#include "geo/error.hpp"
#include "geo/io/feature_reader.hpp"
#include "regions/plot_tracks.hpp"

namespace vereda::bench {

namespace {

struct Layer {
    geo::Crs crs = geo::Crs::wgs84();
    std::vector<regions::Plot> plots;
};

Layer read(const std::string& id_and_file, geo::Diagnostics& diagnostics) {
    const std::size_t sign = id_and_file.find('=');
    const auto source = geo::io::open_features(id_and_file.substr(sign + 1), {}, diagnostics);
    const auto id = source->schema().find(id_and_file.substr(0, sign));
    if (!id) {
        std::fprintf(stderr, "%s: no such field\n", id_and_file.c_str());
        std::exit(2);
    }
    Layer layer{*source->crs(), {}};
    geo::Feature feature;
    while (source->next(feature)) {
        regions::Plot plot;
        plot.id = geo::to_text(feature.values[*id]);
        plot.outline = std::get<geo::MultiPolygon>(std::move(feature.geometry));
        layer.plots.push_back(std::move(plot));
    }
    return layer;
}

class Clock {
  public:
    void tell(const char* part) {
        const auto now = std::chrono::steady_clock::now();
        std::printf("%-10s %.2f s\n", part, std::chrono::duration<double>(now - last_).count());
        last_ = now;
    }

  private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

int run(std::span<char*> arguments) {
    if (arguments.size() < 4) {
        std::fprintf(stderr, "use: vereda_bench_tracking THREADS ID_FIELD=FILE ID_FIELD=FILE...\n");
        return 2;
    }
    const geo::Parallelism threads{std::atoi(arguments[1])};
    const auto files = arguments.subspan(2);
    geo::Diagnostics diagnostics;
    Clock clock;
    std::vector<Layer> layers(files.size());
    geo::parallel_for(files.size(), threads, [&](std::size_t i) { layers[i] = read(files[i], diagnostics); });
    geo::Box extent;
    for (const regions::Plot& plot : layers.front().plots)
        extent.add(geo::envelope(plot.outline));
    const geo::Crs analysis = geo::equal_area_crs(layers.front().crs, extent);
    clock.tell("read");
    std::vector<regions::Survey> surveys(layers.size());
    geo::parallel_for(layers.size(), threads, [&](std::size_t i) {
        const geo::CrsTransform transform(layers[i].crs, analysis);
        constexpr double tolerance = 0.05;
        for (regions::Plot& plot : layers[i].plots)
            plot.outline = transform.forward_densified(plot.outline, tolerance);
        surveys[i].year = 2010 + static_cast<int>(i);
        surveys[i].position_error = geo::Metres(5);
        surveys[i].plots = std::move(layers[i].plots);
        surveys[i] = regions::validated(std::move(surveys[i]), analysis, {}, diagnostics);
    });
    clock.tell("check");
    regions::TrackingOptions options;
    options.identity.parallelism = threads;
    const regions::PlotTracks tracks = regions::plot_tracks(surveys, {}, options, diagnostics);
    clock.tell("track");
    std::printf("%zu rows, %zu links, %zu to review\n", tracks.rows.size(), tracks.links.size(), tracks.review.size());
    std::map<std::string_view, int> events;
    for (const regions::TrackRow& row : tracks.rows)
        ++events[regions::name_of(row.event)];
    for (const auto& [event, count] : events)
        std::printf("%-18s %d\n", std::string(event).c_str(), count);
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
