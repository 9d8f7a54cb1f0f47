#include "report/viewer_layers.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <ranges>
#include <set>

#include "report/map_canvas.hpp"

namespace vereda::report {

namespace {

/// `"key":[of(item), …]`.
template <class Items, class Of>
void write_column(JsonText& json, std::string_view key, const Items& items, Of of) {
    json.key(key).array();
    for (const auto& item : items) {
        const auto value = of(item);
        if constexpr (std::is_convertible_v<decltype(value), std::string_view>) {
            json.text(value);
        } else if constexpr (std::is_integral_v<decltype(value)>) {
            json.number(value);
        } else {
            json.real(value);
        }
    }
    json.end_array();
}

template <class Items, class Shape>
void write_shapes(JsonText& json, PackedGeometry& geometry, const Items& items, Shape shape) {
    geometry.restart();
    json.key("at").number(static_cast<std::int64_t>(geometry.size()));
    std::int64_t count = 0;
    for (const auto& item : items) {
        geometry.add(shape(item));
        ++count;
    }
    json.key("n").number(count);
}

template <class Unit>
std::optional<double> number_of(const std::optional<geo::Quantity<Unit>>& quantity) {
    return quantity ? std::optional(quantity->value()) : std::nullopt;
}

std::string day(const std::optional<geo::Date>& date) {
    return date ? geo::to_text(geo::Value(*date)) : std::string();
}

void write_regions(JsonText& json, PackedGeometry& geometry, const RunResults& results) {
    const auto& regions = results.regions->regions();
    json.key("regions").object();
    write_shapes(json, geometry, regions, [](const auto& r) -> const geo::MultiPolygon& { return r.geometry; });
    write_column(json, "id", regions, [](const auto& r) { return r.id; });
    write_column(json, "name", regions, [](const auto& r) { return r.name; });
    write_column(json, "parent", regions, [](const auto& r) { return r.parent; });
    write_column(json, "land_ha", regions, [](const auto& r) { return r.area.value(); });
    write_column(json, "families", regions, [&](const auto& r) -> std::optional<double> {
        const auto found = results.families_by_region.find(r.id);
        if (found == results.families_by_region.end()) return std::nullopt;
        return static_cast<double>(found->second);
    });
    json.end_object();
}

/// By survey and plot, where the run tracked them.
using TrackOfPlot = std::map<std::pair<std::size_t, std::size_t>, const regions::TrackRow*>;

TrackOfPlot tracks_by_plot(const RunResults& results) {
    TrackOfPlot found;
    if (!results.tracks) return found;
    for (const auto& row : results.tracks->rows) {
        if (row.outline.survey != regions::no_plot) found[{row.outline.survey, row.outline.plot}] = &row;
    }
    return found;
}

void write_track_columns(JsonText& json, const TrackOfPlot& tracks, std::size_t survey, std::size_t plots) {
    const auto row_of = [&](std::size_t plot) -> const regions::TrackRow* {
        const auto found = tracks.find({survey, plot});
        return found == tracks.end() ? nullptr : found->second;
    };
    const auto numbers = std::views::iota(std::size_t{0}, plots);
    write_column(json, "track", numbers, [&](std::size_t i) {
        const auto* row = row_of(i);
        return row == nullptr ? std::string() : row->track_id;
    });
    write_column(json, "event", numbers, [&](std::size_t i) {
        const auto* row = row_of(i);
        return row == nullptr ? std::string() : std::string(regions::name_of(row->event));
    });
}

void write_surveys(JsonText& json, PackedGeometry& geometry, const RunResults& results) {
    const TrackOfPlot tracks = tracks_by_plot(results);
    json.key("surveys").array();
    for (std::size_t s = 0; s < results.surveys.size(); ++s) {
        const regions::Survey& survey = results.surveys[s];
        json.object().key("year").number(survey.year).key("crop").text(regions::name_of(survey.crop));
        write_shapes(
            json, geometry, survey.plots, [](const auto& p) -> const auto& { return p.outline; });
        write_column(json, "id", survey.plots, [](const auto& p) { return p.id; });
        write_column(json, "area_m2", survey.plots,
                     [](const auto& p) { return static_cast<std::int64_t>(std::llround(p.area.value())); });
        write_column(json, "image_date", survey.plots, [](const auto& p) { return day(p.image_date); });
        if (!tracks.empty()) write_track_columns(json, tracks, s, survey.plots.size());
        if (survey.observed) {
            json.key("observed").object();
            write_shapes(
                json, geometry, std::span(&*survey.observed, 1), [](const auto& o) -> const auto& { return o; });
            json.end_object();
        }
        json.end_object();
    }
    json.end_array();
}

void write_permanence(JsonText& json, const RunResults& results) {
    if (!results.permanence) return;
    json.key("permanence").array();
    for (const auto& series : results.permanence->crops) {
        std::vector<const regions::PermanenceCell*> cells;
        for (const auto& cell : series.cells) {
            if (cell.possible.single() != regions::PermanenceClass::never) cells.push_back(&cell);
        }
        json.object().key("crop").text(regions::name_of(series.crop));
        json.key("cell_m").real(results.permanence->cell.value());
        json.key("from_year").number(series.window.from_year).key("to_year").number(series.window.to_year);
        write_column(json, "column", cells, [](const auto* c) { return c->column; });
        write_column(json, "row", cells, [](const auto* c) { return c->row; });
        write_column(json, "class", cells, [](const auto* c) {
            const auto single = c->possible.single();
            return single ? std::string(regions::name_of(*single)) : std::string();
        });
        write_column(json, "possible", cells, [](const auto* c) { return c->possible.text(); });
        write_column(json, "likely", cells, [](const auto* c) { return std::string(regions::name_of(c->likely)); });
        write_column(json, "density", cells, [](const auto* c) { return c->density; });
        json.end_object();
    }
    json.end_array();
}

void write_zones(JsonText& json, PackedGeometry& geometry, const RunResults& results) {
    if (results.zones.empty()) return;
    json.key("zones").object();
    write_shapes(
        json, geometry, results.zones, [](const auto& z) -> const auto& { return z.geometry; });
    write_column(json, "kind", results.zones, [](const auto& z) { return std::string(regions::name_of(z.kind)); });
    write_column(json, "name", results.zones, [](const auto& z) { return z.name; });
    json.end_object();
}

void write_events(JsonText& json, PackedGeometry& geometry, const RunResults& results) {
    std::vector<const regions::EradicationEvent*> events;
    for (const auto& event : results.eradication) {
        if (!geo::envelope(event.place).empty()) events.push_back(&event);
    }
    if (events.empty()) return;
    json.key("events").object();
    write_shapes(json, geometry, events, [](const auto* e) { return symbol_place(e->place); });
    write_column(json, "id", events, [](const auto* e) { return e->id; });
    write_column(json, "date", events, [](const auto* e) { return day(e->date); });
    write_column(json, "kind", events, [](const auto* e) { return std::string(regions::name_of(e->kind)); });
    write_column(json, "reported_ha", events, [](const auto* e) { return number_of(e->reported); });
    write_column(json, "agency", events, [](const auto* e) { return e->agency; });
    json.end_object();
}

void write_registered(JsonText& json, PackedGeometry& geometry, const RunResults& results) {
    std::map<std::string, const regions::Plot*> by_id;
    for (const auto& plot : results.registered_plots)
        by_id[plot.id] = &plot;
    std::vector<std::pair<const livelihoods::SmallPlotRow*, const regions::Plot*>> judged;
    for (const auto& row : results.small_plots) {
        const auto found = by_id.find(row.plot_id);
        if (found == by_id.end()) continue;
        judged.emplace_back(&row, row.position ? &results.registered_plots.at(*row.position) : found->second);
    }
    if (judged.empty()) return;
    json.key("registered").object();
    write_shapes(
        json, geometry, judged, [](const auto& j) -> const auto& { return j.second->outline; });
    write_column(json, "id", judged, [](const auto& j) { return j.first->plot_id; });
    write_column(json, "household", judged, [](const auto& j) { return j.first->household_id; });
    write_column(json, "verdict", judged,
                 [](const auto& j) { return std::string(livelihoods::name_of(j.first->verdict)); });
    write_column(json, "area_m2", judged, [](const auto& j) { return j.first->area.value(); });
    write_column(json, "limit_m2", judged, [](const auto& j) { return number_of(j.first->limit); });
    json.end_object();
}

void write_not_reached(JsonText& json, PackedGeometry& geometry, const RunResults& results) {
    const auto& plots = results.not_reached;
    if (plots.empty()) return;
    json.key("not_reached").object();
    write_shapes(
        json, geometry, plots, [](const auto& p) -> const auto& { return p.outline; });
    write_column(json, "id", plots, [](const auto& p) { return p.plot_id; });
    write_column(json, "year", plots, [](const auto& p) { return p.year; });
    write_column(json, "crop", plots, [](const auto& p) { return std::string(regions::name_of(p.crop)); });
    write_column(json, "region", plots, [](const auto& p) { return p.region_id; });
    write_column(json, "why", plots, [](const auto& p) { return std::string(livelihoods::name_of(p.why)); });
    write_column(json, "nearest_m", plots, [](const auto& p) { return number_of(p.nearest); });
    json.end_object();
}

/// The centre of a cell named as the panel names its own, or of a region; nullopt for units whose place the results do
/// not hold.
std::optional<geo::Point> place_of_unit(const std::string& id, const RunResults& results) {
    if (const auto region = results.regions->find(id)) {
        const geo::MultiPolygon& shape = results.regions->regions()[*region].geometry;
        if (!shape.empty()) return symbol_place(shape);
    }
    double size = 0;
    int column = 0;
    int row = 0;
    int end = 0;
    if (std::sscanf(id.c_str(), "%lfmE%dN%d%n", &size, &column, &row, &end) != 3) return std::nullopt;
    if (static_cast<std::size_t>(end) != id.size() || !(size > 0)) return std::nullopt;
    return geo::Point{(column + 0.5) * size, (row + 0.5) * size};
}

void write_flows(JsonText& json, PackedGeometry& geometry, const RunResults& results) {
    if (!results.displacement) return;
    struct Drawn {
        const regions::FlowRow* row;
        geo::Point from;
        geo::Point to;
    };
    std::vector<Drawn> flows;
    for (const auto& row : results.displacement->flows.flows) {
        const auto from = place_of_unit(row.origin_id, results);
        const auto to = place_of_unit(row.destination_id, results);
        if (from && to) flows.push_back({&row, *from, *to});
    }
    if (flows.empty()) return;
    json.key("flows").object();
    std::vector<geo::Point> ends;
    for (const Drawn& flow : flows) {
        ends.push_back(flow.from);
        ends.push_back(flow.to);
    }
    write_shapes(json, geometry, ends, [](geo::Point p) { return p; });
    write_column(json, "origin", flows, [](const auto& f) { return f.row->origin_id; });
    write_column(json, "destination", flows, [](const auto& f) { return f.row->destination_id; });
    write_column(json, "from_year", flows, [](const auto& f) { return f.row->from_year; });
    write_column(json, "to_year", flows, [](const auto& f) { return f.row->to_year; });
    write_column(json, "area_ha", flows, [](const auto& f) { return f.row->area_ha; });
    write_column(json, "lo_ha", flows, [](const auto& f) { return f.row->area_lo_ha; });
    write_column(json, "hi_ha", flows, [](const auto& f) { return f.row->area_hi_ha; });
    json.end_object();
}

void write_frame(JsonText& json, const PackedGeometry& geometry, const geo::Box& extent) {
    json.key("extent").array();
    for (const double value : {extent.min.x, extent.min.y, extent.max.x, extent.max.y})
        json.real(value);
    json.end_array().key("origin").array().real(geometry.origin().x).real(geometry.origin().y).end_array();
    json.key("step").real(geometry.step());
}

}  // namespace

void write_viewer_map(JsonText& json, PackedGeometry& geometry, const RunResults& results) {
    json.object();
    write_frame(json, geometry, results.regions->extent());
    write_regions(json, geometry, results);
    write_surveys(json, geometry, results);
    write_permanence(json, results);
    write_zones(json, geometry, results);
    write_events(json, geometry, results);
    write_registered(json, geometry, results);
    write_not_reached(json, geometry, results);
    write_flows(json, geometry, results);
    json.end_object();
}

geo::Point public_place(geo::Point degrees, double middle_latitude) {
    constexpr double metres_per_degree = 111'195;  // of a sphere of 6,371 km
    const double shrink = std::cos(middle_latitude * 3.14159265358979323846 / 180);
    return {degrees.x * shrink * metres_per_degree, degrees.y * metres_per_degree};
}

geo::Box public_extent(const PublicEdition& edition) {
    geo::Box box;
    for (const PublicRegion& region : edition.regions)
        box.add(geo::envelope(region.outline));
    return box;
}

void write_viewer_map(JsonText& json, PackedGeometry& geometry, const PublicEdition& edition) {
    const geo::Box box = public_extent(edition);
    const double middle = (box.min.y + box.max.y) / 2;
    const auto moved = [&](const geo::MultiPolygon& outline) {
        geo::MultiPolygon result = outline;
        for (geo::Polygon& polygon : result) {
            std::ranges::transform(polygon.outer, polygon.outer.begin(),
                                   [&](auto p) { return public_place(p, middle); });
            for (geo::Ring& ring : polygon.inners)
                std::ranges::transform(ring, ring.begin(), [&](auto p) { return public_place(p, middle); });
        }
        return result;
    };
    json.object();
    geo::Box extent;
    extent.add(public_place(box.min, middle));
    extent.add(public_place(box.max, middle));
    write_frame(json, geometry, extent);
    json.key("regions").object();
    write_shapes(json, geometry, edition.regions, [&](const auto& r) { return moved(r.outline); });
    write_column(json, "id", edition.regions, [](const auto& r) { return r.id; });
    write_column(json, "name", edition.regions, [](const auto& r) { return r.name; });
    write_column(json, "parent", edition.regions, [](const auto& r) { return r.parent; });
    json.end_object().end_object();
}

}  // namespace vereda::report
