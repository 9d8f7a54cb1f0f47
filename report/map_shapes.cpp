#include "report/map_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "geo/date.hpp"

namespace vereda::report {

namespace {

constexpr std::size_t drawn_as_outlines_at_most = 4000;

constexpr std::string_view patterns = R"svg(
<pattern id="p-unseen" width="110" height="110" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V110" stroke="#6d7873" stroke-width="34"/></pattern>
<pattern id="p-unknown" width="160" height="160" patternUnits="userSpaceOnUse"><rect width="160" height="160" fill="#eceeea"/><circle cx="40" cy="40" r="17" fill="#9aa39d"/><circle cx="120" cy="120" r="17" fill="#9aa39d"/></pattern>
<pattern id="p-park" width="190" height="190" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><path d="M0 0V190" stroke="#2f6b4f" stroke-width="26"/></pattern>
<pattern id="p-people" width="190" height="190" patternUnits="userSpaceOnUse"><path d="M0 95H190" stroke="#7a5230" stroke-width="26"/></pattern>
<pattern id="p-zone" width="200" height="200" patternUnits="userSpaceOnUse"><circle cx="100" cy="100" r="24" fill="#4a5560"/></pattern>
)svg";

std::string_view zone_class(regions::ZoneKind kind) {
    switch (kind) {
        case regions::ZoneKind::park:
            return "z-park";
        case regions::ZoneKind::indigenous:
        case regions::ZoneKind::collective:
            return "z-people";
        default:
            return "z-other";
    }
}

int density_class(double hectares_per_km2) {
    if (hectares_per_km2 <= 0) return 0;
    int index = 1;
    for (const double end : density_breaks) {
        if (hectares_per_km2 <= end) return index;
        ++index;
    }
    return index;
}

void write_density(std::ostream& out, const RunResults& results, int year) {
    std::map<std::string, double> area;
    for (const auto& row : results.plot_area) {
        if (row.year == year && row.area) area[row.region_id] += row.area->value();
    }
    const auto& regions = results.regions->regions();
    out << "<g id=\"m-density-" << year << "\">";
    for (std::size_t i = 0; i < regions.size(); ++i) {
        const auto seen = area.find(regions[i].id);
        out << "<use href=\"#r" << i << "\" class=\"";
        if (seen == area.end()) {
            // A run that measured no areas says nothing of what was seen.
            out << (results.plot_area.empty() ? "d-untold" : "d-unseen");
        } else {
            out << 'd' << density_class(seen->second / std::max(regions[i].area.value() / 100, 1e-9));
        }
        out << "\"/>";
    }
    out << "</g>\n";
}

/// Land that no survey of the year saw: the frame minus the observed polygons, cut to the regions by the clip path.
void write_unseen(std::ostream& out, const RunResults& results, const MapCanvas& canvas, int year) {
    out << "<g id=\"m-unseen-" << year << "\" clip-path=\"url(#m-clip)\">";
    bool surveyed = false;
    for (const auto& survey : results.surveys) {
        if (survey.year != year) continue;
        surveyed = true;
        if (!survey.observed) continue;
        out << "<path class=\"unseen\" fill-rule=\"evenodd\" d=\"M0 0H" << MapCanvas::width << 'V' << canvas.height()
            << "H0z" << canvas.path(*survey.observed) << "\"/>";
    }
    if (!surveyed) out << "<path class=\"unseen\" d=\"M0 0H" << MapCanvas::width << 'V' << canvas.height() << "H0z\"/>";
    out << "</g>\n";
}

void write_plots(std::ostream& out, const RunResults& results, const MapCanvas& canvas, int year) {
    out << "<g id=\"m-plots-" << year << "\">";
    for (const auto& survey : results.surveys) {
        if (survey.year != year || survey.plots.empty()) continue;
        const std::string_view crop = regions::name_of(survey.crop);
        if (survey.plots.size() <= drawn_as_outlines_at_most) {
            out << "<path class=\"plot " << crop << "\" d=\"";
            for (const auto& plot : survey.plots)
                out << canvas.path(plot.outline);
            out << "\"/>";
            continue;
        }
        std::set<std::pair<long, long>> dots;  // plots that fall together are one dot
        for (const auto& plot : survey.plots) {
            if (plot.outline.empty()) continue;
            const geo::Point p = canvas.place(plot.outline.front().outer.front());
            dots.emplace(std::lround(p.x / 10) * 10, std::lround(p.y / 10) * 10);
        }
        out << "<path class=\"plot dot " << crop << "\" d=\"";
        for (const auto& [x, y] : dots)
            out << 'M' << x << ' ' << y << "h0";
        out << "\"/>";
    }
    out << "</g>\n";
}

void write_events(std::ostream& out, const RunResults& results, const MapCanvas& canvas, int year) {
    out << "<g id=\"m-events-" << year << "\">";
    for (const auto& event : results.eradication) {
        if (geo::year_of(event.date) != year || geo::envelope(event.place).empty()) continue;
        const geo::Point p = canvas.place(symbol_place(event.place));
        out << "<use href=\"#m-event\" x=\"" << p.x << "\" y=\"" << p.y << "\"/>";
    }
    out << "</g>\n";
}

}  // namespace

std::string_view map_patterns() {
    return patterns;
}

std::vector<int> map_years(const RunResults& results) {
    std::set<int> years(results.study.years.begin(), results.study.years.end());
    for (const auto& survey : results.surveys)
        years.insert(survey.year);
    return {years.begin(), years.end()};
}

void write_map_shapes(std::ostream& out, const RunResults& results, const MapCanvas& canvas) {
    out << "<svg class=\"shapes\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs>" << patterns
        << "<path id=\"m-event\" class=\"event\" d=\"M0-95l80 95l-80 95l-80-95z\"/>\n";
    const auto& regions = results.regions->regions();
    for (std::size_t i = 0; i < regions.size(); ++i) {
        out << "<path id=\"r" << i << "\" d=\"" << canvas.path(regions[i].geometry) << "\"/>\n";
    }
    out << "<clipPath id=\"m-clip\">";
    for (std::size_t i = 0; i < regions.size(); ++i)
        out << "<use href=\"#r" << i << "\"/>";
    out << "</clipPath>\n<g id=\"m-zones\">";
    for (const auto& zone : results.zones) {
        out << "<path class=\"" << zone_class(zone.kind) << "\" d=\"" << canvas.path(zone.geometry) << "\"/>";
    }
    out << "</g>\n";
    for (const int year : map_years(results)) {
        write_density(out, results, year);
        write_unseen(out, results, canvas, year);
        write_plots(out, results, canvas, year);
        write_events(out, results, canvas, year);
    }
    out << "</defs></svg>\n";
}

}  // namespace vereda::report
