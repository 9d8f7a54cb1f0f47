#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "report/labels.hpp"
#include "report/map_shapes.hpp"
#include "report/sections.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

std::string_view state_class(livelihoods::ReadinessState state) {
    switch (state) {
        case livelihoods::ReadinessState::ready:
            return "ready";
        case livelihoods::ReadinessState::conditional:
            return "conditional";
        case livelihoods::ReadinessState::not_ready:
            return "not-ready";
        case livelihoods::ReadinessState::insufficient_data:
            return "insufficient";
    }
    return "";
}

std::string_view state_symbol(livelihoods::ReadinessState state) {
    switch (state) {
        case livelihoods::ReadinessState::ready:
            return "✓";
        case livelihoods::ReadinessState::conditional:
            return "~";
        case livelihoods::ReadinessState::not_ready:
            return "✕";
        case livelihoods::ReadinessState::insufficient_data:
            return "?";
    }
    return "";
}

std::map<std::string, livelihoods::ReadinessState> states_of(const RunResults& results) {
    std::map<std::string, livelihoods::ReadinessState> states;
    for (const auto& row : results.readiness)
        states[row.region_id] = row.state;
    return states;
}

void write_radio(std::ostream& out, const PageContext& page, const std::string& group, const std::string& value,
                 bool checked) {
    const std::string id = page.anchor(group + "-" + value);
    out << "<input class=\"switch c-" << value << "\" type=\"radio\" name=\"" << page.anchor(group) << "\" id=\"" << id
        << "\" data-sync=\"" << group << '-' << value << '"' << (checked ? " checked" : "") << ">";
}

void write_label(std::ostream& out, const PageContext& page, const std::string& group, const std::string& value,
                 const std::string& text) {
    out << "<label for=\"" << page.anchor(group + "-" + value) << "\">" << text << "</label>";
}

void write_controls(std::ostream& out, const PageContext& page, const std::vector<int>& years, bool with_readiness) {
    for (const int year : years) {
        write_radio(out, page, "year", "y" + std::to_string(year), year == years.back());
    }
    if (with_readiness) {
        write_radio(out, page, "theme", "readiness", true);
        write_radio(out, page, "theme", "density", false);
    }
    out << "\n<div class=\"controls\"><div class=\"segmented\" role=\"group\" aria-label=\""
        << page.html("map.choose_year"_msg) << "\"><span class=\"legend-title\">" << page.html("map.year"_msg)
        << "</span>";
    for (const int year : years) {
        write_label(out, page, "year", "y" + std::to_string(year), std::to_string(year));
    }
    out << "</div>";
    if (with_readiness) {
        out << "<div class=\"segmented\" role=\"group\" aria-label=\"" << page.html("map.choose_colour"_msg)
            << "\"><span class=\"legend-title\">" << page.html("map.colour"_msg) << "</span>";
        write_label(out, page, "theme", "readiness", page.html("map.colour.readiness"_msg));
        write_label(out, page, "theme", "density", page.html("map.colour.density"_msg));
        out << "</div>";
    }
    out << "</div>\n";
}

void write_readiness_layer(std::ostream& out, const PageContext& page) {
    const auto states = states_of(page.results);
    const auto& regions = page.results.regions->regions();
    out << "<g class=\"t-readiness\">";
    for (std::size_t i = 0; i < regions.size(); ++i) {
        const auto state = states.find(regions[i].id);
        out << "<use href=\"#r" << i << "\" class=\"s-" << (state == states.end() ? "none" : state_class(state->second))
            << "\"/>";
    }
    out << "</g>\n";
}

/// What a pointer over a region shows: its name, state, and crop area in the last surveyed year.
std::string region_title(const PageContext& page, const regions::Region& region,
                         const std::map<std::string, livelihoods::ReadinessState>& states) {
    std::string title = escaped(shortened(region.name, 80));
    if (const auto state = states.find(region.id); state != states.end()) {
        title += " — " + escaped(state_word(state->second, page.words));
    }
    std::map<regions::Crop, const regions::PlotAreaRow*> latest;
    for (const auto& row : page.results.plot_area) {
        if (row.region_id != region.id) continue;
        const auto*& last = latest[row.crop];
        if (last == nullptr || last->year < row.year) last = &row;
    }
    for (const auto& [crop, row] : latest) {
        title += "; " + escaped(crop_word(crop, page.words)) + " " + std::to_string(row->year) + ": ";
        title += row->area ? page.numbers.hectares(*row->area, row->area_lo, row->area_hi)
                           : page.html("value.not_observed"_msg);
    }
    return title;
}

void write_region_marks(std::ostream& out, const PageContext& page, const MapCanvas& canvas) {
    const auto states = states_of(page.results);
    const auto& regions = page.results.regions->regions();
    out << "<g class=\"borders\">";
    for (std::size_t i = 0; i < regions.size(); ++i)
        out << "<use href=\"#r" << i << "\"/>";
    out << "</g>\n<g class=\"t-readiness symbols\" aria-hidden=\"true\">";
    for (const auto& region : regions) {
        const auto state = states.find(region.id);
        if (state == states.end() || region.geometry.empty()) continue;
        const geo::Point p = canvas.place(symbol_place(region.geometry));
        out << "<text x=\"" << p.x << "\" y=\"" << p.y + 85 << "\">" << state_symbol(state->second) << "</text>";
    }
    out << "</g>\n<g class=\"hit\">";
    for (std::size_t i = 0; i < regions.size(); ++i) {
        out << "<use href=\"#r" << i << "\"><title>" << region_title(page, regions[i], states) << "</title></use>";
    }
    out << "</g>\n";
}

void write_scale_and_north(std::ostream& out, const PageContext& page, const MapCanvas& canvas) {
    const double length = scale_bar_length(canvas);
    const double units = length * canvas.scale();
    const double y = canvas.height() + 330;
    const std::string label =
        length >= 1000 ? page.numbers.plain(length / 1000) + " km" : page.numbers.plain(length) + " m";
    out << "<g class=\"scale\" aria-hidden=\"true\"><path d=\"M300 " << y - 90 << "v90h" << std::lround(units)
        << "v-90\"/><text x=\"" << std::lround(300 + units / 2) << "\" y=\"" << y - 130 << "\">" << label
        << "</text><path class=\"north\" d=\"M9250 " << y - 330 << "l130 370l-130-95l-130 95z\"/><text x=\"9560\" y=\""
        << y - 30 << "\">" << page.html("map.north"_msg) << "</text></g>\n";
}

void write_swatch(std::ostream& out, std::string_view css_class, const std::string& text,
                  std::string_view symbol = "") {
    out << "<li><svg class=\"swatch\" viewBox=\"0 0 600 400\" aria-hidden=\"true\"><rect x=\"20\" y=\"20\" "
           "width=\"560\" "
           "height=\"360\" class=\""
        << css_class << "\"/>";
    if (!symbol.empty()) out << "<text x=\"300\" y=\"290\">" << symbol << "</text>";
    out << "</svg>" << text << "</li>";
}

void write_line_swatch(std::ostream& out, std::string_view css_class, std::string_view path, const std::string& text) {
    out << "<li><svg class=\"swatch\" viewBox=\"0 0 600 400\" aria-hidden=\"true\"><path class=\"" << css_class
        << "\" d=\"" << path << "\"/></svg>" << text << "</li>";
}

void write_readiness_legend(std::ostream& out, const PageContext& page) {
    out << "<div class=\"t-readiness\"><p class=\"legend-title\">" << page.html("map.legend.readiness"_msg)
        << "</p><ul>";
    for (const auto state : {livelihoods::ReadinessState::ready, livelihoods::ReadinessState::conditional,
                             livelihoods::ReadinessState::not_ready, livelihoods::ReadinessState::insufficient_data}) {
        write_swatch(out, "s-" + std::string(state_class(state)), escaped(state_word(state, page.words)),
                     state_symbol(state));
    }
    out << "</ul></div>\n";
}

void write_density_legend(std::ostream& out, const PageContext& page) {
    out << "<div class=\"t-density\"><p class=\"legend-title\">" << page.html("map.legend.density"_msg) << "</p><ul>";
    write_swatch(out, "d0", page.html("map.density.none"_msg));
    double lower = 0;
    int index = 1;
    for (const double end : density_breaks) {
        write_swatch(out, "d" + std::to_string(index++), page.numbers.plain(lower) + "–" + page.numbers.plain(end));
        lower = end;
    }
    write_swatch(out, "d" + std::to_string(index),
                 page.html("map.density.more"_msg, {{"value", page.numbers.plain(lower)}}));
    write_swatch(out, "d-unseen", page.html("value.not_observed"_msg));
    out << "</ul></div>\n";
}

void write_things_legend(std::ostream& out, const PageContext& page) {
    const RunResults& results = page.results;
    const auto has_zone = [&](auto... kinds) {
        return std::ranges::any_of(results.zones, [&](const auto& zone) { return ((zone.kind == kinds) || ...); });
    };
    std::set<regions::Crop> crops;
    for (const auto& survey : results.surveys)
        crops.insert(survey.crop);
    out << "<div><p class=\"legend-title\">" << page.html("map.legend.things"_msg) << "</p><ul>";
    for (const regions::Crop crop : crops) {
        write_line_swatch(out, "plot " + std::string(regions::name_of(crop)), "M200 120h120l80 90l-60 80l-150-30z",
                          page.html("map.legend.plots"_msg, {{"crop", crop_word(crop, page.words)}}));
    }
    if (!results.eradication.empty()) {
        write_line_swatch(out, "event", "M300 60l130 140l-130 140l-130-140z", page.html("map.legend.events"_msg));
    }
    using enum regions::ZoneKind;
    if (has_zone(park)) write_swatch(out, "z-park", escaped(zone_word(park, page.words)));
    if (has_zone(indigenous, collective)) write_swatch(out, "z-people", page.html("map.legend.people"_msg));
    if (has_zone(prohibited, registered, traditional, buffer, abroad)) {
        write_swatch(out, "z-other", page.html("map.legend.other_zones"_msg));
    }
    write_swatch(out, "unseen", page.html("map.legend.unseen"_msg));
    out << "</ul></div>\n";
}

}  // namespace

void write_map_section(std::ostream& out, const PageContext& page, const MapCanvas& canvas) {
    const std::vector<int> years = map_years(page.results);
    const bool with_readiness = !page.results.readiness.empty();
    out << "<section class=\"map-section\" id=\"" << page.anchor("map") << "\" aria-labelledby=\""
        << page.anchor("map-h") << "\">\n<h2 id=\"" << page.anchor("map-h") << "\">" << page.html("map.title"_msg)
        << "</h2>\n<div class=\"map" << (with_readiness ? "" : " only-density") << "\">\n";
    write_controls(out, page, years, with_readiness);
    out << "<svg class=\"drawing\" viewBox=\"0 0 " << MapCanvas::width << ' ' << canvas.height() + 420
        << "\" role=\"img\" aria-labelledby=\"" << page.anchor("map-t") << ' ' << page.anchor("map-d")
        << "\">\n<title id=\"" << page.anchor("map-t") << "\">" << page.html("map.alt"_msg) << "</title>\n<desc id=\""
        << page.anchor("map-d") << "\">" << page.html("map.description"_msg) << "</desc>\n";
    write_readiness_layer(out, page);
    for (const int year : years)
        out << "<g class=\"t-density y y" << year << "\"><use href=\"#m-density-" << year << "\"/></g>";
    out << "<use href=\"#m-zones\"/>\n";
    for (const int year : years) {
        out << "<g class=\"y y" << year << "\"><use href=\"#m-unseen-" << year << "\"/><use href=\"#m-plots-" << year
            << "\"/><use href=\"#m-events-" << year << "\"/></g>\n";
    }
    write_region_marks(out, page, canvas);
    write_scale_and_north(out, page, canvas);
    out << "</svg>\n<div class=\"legend\">";
    if (with_readiness) write_readiness_legend(out, page);
    if (!page.results.plot_area.empty()) write_density_legend(out, page);
    write_things_legend(out, page);
    out << "</div>\n</div>\n<p class=\"note\">" << page.html("map.note"_msg) << "</p>\n</section>\n";
}

std::string map_year_style(const RunResults& results) {
    std::string style;
    for (const int year : map_years(results)) {
        const std::string y = "y" + std::to_string(year);
        style += ".c-" + y + ":checked~.drawing .y." + y + "{display:inline}.c-" + y +
                 ":checked~.controls label[for$=year-" + y + "]{background:var(--ink);color:#fff}.c-" + y +
                 ":focus-visible~.controls label[for$=year-" + y + "]{outline:3px solid var(--focus)}\n";
    }
    return style;
}

}  // namespace vereda::report
