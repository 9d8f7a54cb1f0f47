/// Pages for the tests and measurements of the report's viewer.
///
///     vereda_viewer_pages VIEWER OUT          sample.html, hostile.html, public.html into the folder OUT
///     vereda_viewer_pages VIEWER OUT PLOTS    plots.html with that many plots in its one year
///
/// VIEWER is the folder with viewer.js and viewer.css.
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "report/page.hpp"
#include "report/public_edition.hpp"
#include "tests/report/sample_results.hpp"

using namespace vereda;

namespace {

std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("no file " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

/// A number in [0, 1) that depends on its arguments alone.
double noise(std::uint32_t a, std::uint32_t b) {
    std::uint32_t x = a * 374761393u + b * 668265263u + 1274126177u;
    x = (x ^ (x >> 13)) * 1274126177u;
    x = (x ^ (x >> 15)) * 2246822519u;
    x ^= x >> 16;
    return x / 4294967296.0;
}

/// About half a hectare with fourteen corners, as an interpreter draws it.
geo::MultiPolygon outline(geo::Point centre, std::uint32_t plot) {
    constexpr int corners = 14;
    geo::Ring ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = -2 * 3.14159265358979323846 * i / corners;
        const double radius = 30 + 20 * noise(plot, static_cast<std::uint32_t>(100 + i));
        ring.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return {geo::Polygon{ring, {}}};
}

/// A hundred square regions of 10 km with a survey in which plots crowd along winding valleys; each plot has its row in
/// plot_parts and its track, as in a run.
report::RunResults many_plots(std::size_t count) {
    report::RunResults results;
    results.study.name = "Many plots";
    results.study.years = {2021};
    results.study.crops = {regions::Crop::coca};
    constexpr int side = 10;
    constexpr double width = 10'000;
    std::vector<regions::Region> list;
    for (int i = 0; i < side * side; ++i) {
        const double x = width * (i % side);
        const double y = width * (i / side);
        const std::string id = "R" + std::to_string(100 + i);
        list.push_back({id,
                        "Region " + id,
                        "",
                        {},
                        {},
                        {geo::Polygon{{{x, y}, {x, y + width}, {x + width, y + width}, {x + width, y}, {x, y}}, {}}},
                        geo::Hectares(10'000)});
        results.plot_area.push_back({});
        auto& row = results.plot_area.back();
        row.region_id = id;
        row.region_name = "Region " + id;
        row.year = 2021;
        row.plots = 0;
        row.area = geo::Hectares(0);
        row.observed_share = 1;
    }
    geo::Diagnostics diagnostics;
    const geo::Crs crs = geo::Crs::parse("+proj=laea +lat_0=1.5 +lon_0=-75.5 +datum=WGS84 +units=m");
    results.regions.emplace(std::move(list), crs, geo::Locus{}, diagnostics);
    regions::Survey survey{2021, regions::Crop::coca, {}, std::nullopt, geo::Metres(5)};
    results.tracks.emplace();
    for (std::uint32_t i = 0; i < count; ++i) {
        const double along = noise(i, 1) * 98'000 + 1'000;
        const double valley = std::floor(noise(i, 2) * 7) * 14'000 + 4'000;
        const double aside = 1'500 * (noise(i, 3) + noise(i, 4) - 1);
        const geo::Point centre{along, valley + 3'000 * std::sin(along / 9'000) + aside};
        const std::string id = "C2021-" + std::to_string(100'000 + i);
        survey.plots.push_back({id, "", outline(centre, i), geo::SquareMetres(0), {}, {}, {}, {}, {}});
        regions::Plot& plot = survey.plots.back();
        plot.area = geo::SquareMetres(geo::planar_area(plot.outline));
        const auto region =
            static_cast<std::size_t>(centre.y / width) * side + static_cast<std::size_t>(centre.x / width);
        auto& row = results.plot_area[region];
        row.plots = *row.plots + 1;
        row.area = geo::Hectares(row.area->value() + plot.area.value() / 10'000);
        results.plot_parts.push_back({id, 2021, regions::Crop::coca, row.region_id, "", plot.area, ""});
        regions::TrackRow track;
        track.track_id = "coca-2021-" + id;
        track.year = 2021;
        track.plot_id = id;
        track.area = geo::to_hectares(plot.area);
        track.outline = {0, i};
        results.tracks->rows.push_back(std::move(track));
    }
    results.surveys.push_back(std::move(survey));
    return results;
}

void write_page(const std::string& path, const report::RunResults& results, const report::ViewerFiles& viewer) {
    std::ofstream out(path, std::ios::binary);
    report::write_internal_page(out, results, tests::sample_catalogues(), "en", &viewer);
    out.close();
    if (!out) throw std::runtime_error("could not write " + path);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc < 3) throw std::runtime_error("usage: vereda_viewer_pages VIEWER OUT [PLOTS]");
        const std::string folder = argv[1];
        const std::string out = argv[2];
        const report::ViewerFiles viewer{contents(folder + "/viewer.js"), contents(folder + "/viewer.css")};
        if (argc > 3) {
            write_page(out + "/plots.html", many_plots(std::strtoul(argv[3], nullptr, 10)), viewer);
            return 0;
        }
        write_page(out + "/sample.html", tests::sample_results(), viewer);
        write_page(out + "/hostile.html", tests::hostile_results(), viewer);
        const auto words = tests::sample_catalogues();
        std::ofstream page(out + "/public.html", std::ios::binary);
        report::write_public_page(page, report::public_edition(tests::sample_results(), words.front()), words, "en",
                                  &viewer);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "vereda_viewer_pages: " << error.what() << '\n';
        return 1;
    }
}
