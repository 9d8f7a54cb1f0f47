#include "regions/removals.hpp"

#include <algorithm>
#include <tuple>

#include "geo/topology.hpp"

namespace vereda::regions {

using namespace geo;

namespace {

std::vector<std::size_t> in_polygons(const CropPanel& panel, const UnitIndex& index, const MultiPolygon& polygons) {
    const Box box = envelope(polygons);
    const Point centre{(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
    const PreparedPolygons prepared(polygons);
    std::vector<std::size_t> hit;
    for (const NearUnit& near : index.within(centre, Metres((box.width() + box.height()) / 2)))
        if (prepared.covers(panel.units[near.unit].place)) hit.push_back(near.unit);
    return hit;
}

std::vector<std::size_t> touched_by(const CropPanel& panel, const UnitIndex& index, const Geometry& place) {
    const auto* polygons = std::get_if<MultiPolygon>(&place);
    if (!polygons || polygons->empty()) return {};
    const Box box = envelope(*polygons);
    const Point centre{(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
    const PreparedPolygons prepared(*polygons);
    const double half = index.spacing().value() / 2;
    std::vector<std::size_t> touched;
    for (const NearUnit& near : index.within(centre, Metres((box.width() + box.height()) / 2 + 2 * half))) {
        const Point p = panel.units[near.unit].place;
        Polygon square;
        square.outer = {{p.x - half, p.y - half},
                        {p.x + half, p.y - half},
                        {p.x + half, p.y + half},
                        {p.x - half, p.y + half},
                        {p.x - half, p.y - half}};
        if (prepared.intersects(MultiPolygon{square})) touched.push_back(near.unit);
    }
    return touched;
}

std::vector<Point> points_of(const Geometry& place) {
    if (const auto* points = std::get_if<Points>(&place)) return points->parts;
    if (const auto* polygons = std::get_if<MultiPolygon>(&place))
        return polygons->empty() ? std::vector<Point>{} : std::vector<Point>{interior_point(*polygons)};
    std::vector<Point> result;
    if (const auto* lines = std::get_if<Lines>(&place))
        for (const LineString& line : lines->parts)
            result.insert(result.end(), line.begin(), line.end());
    return result;
}

std::vector<std::size_t> targets_of(const CropPanel& panel, const UnitIndex& index, const EradicationEvent& event) {
    std::vector<std::size_t> hit;
    if (const auto* polygons = std::get_if<MultiPolygon>(&event.place); polygons && !polygons->empty())
        hit = in_polygons(panel, index, *polygons);
    const std::vector<Point> places = points_of(event.place);
    if (hit.empty()) {
        const double reach = 2 * index.spacing().value();
        for (const Point place : places) {
            const NearUnit near = index.nearest(place);
            if (near.metres <= reach) hit.push_back(near.unit);
        }
    }
    if (places.empty() && !event.region_id.empty())
        for (std::size_t u = 0; u < panel.units.size(); ++u)
            if (panel.units[u].region_id == event.region_id) hit.push_back(u);
    std::ranges::sort(hit);
    hit.erase(std::unique(hit.begin(), hit.end()), hit.end());
    return hit;
}

/// Crop of the targets in the last year before `year` in which each was seen.
double mapped_before(const CropPanel& panel, std::span<const std::size_t> targets, int year) {
    double sum = 0;
    for (const std::size_t unit : targets)
        for (std::size_t y = panel.years.size(); y-- > 0;)
            if (panel.years[y] < year && panel.crop_ha[unit][y]) {
                sum += *panel.crop_ha[unit][y];
                break;
            }
    return sum;
}

}  // namespace

std::vector<Removal> removals_on(const CropPanel& panel, const UnitIndex& index,
                                 std::span<const EradicationEvent> events, Diagnostics& diagnostics) {
    std::vector<Removal> result;
    for (const EradicationEvent& event : events) {
        if (event.kind == EradicationKind::pruned_or_renewed || panel.units.empty()) continue;
        Removal removal{event.id,
                        year_of(event.date),
                        event.kind,
                        0,
                        targets_of(panel, index, event),
                        event.reported.has_value(),
                        touched_by(panel, index, event.place)};
        if (removal.targets.empty()) {
            diagnostics.add({Severity::warning, {"displacement.event_outside"_msg, {{"event", event.id}}}, {}});
            continue;
        }
        removal.hectares =
            event.reported ? event.reported->value() : mapped_before(panel, removal.targets, removal.year);
        if (removal.hectares <= 0) {
            diagnostics.add({Severity::warning, {"displacement.event_without_area"_msg, {{"event", event.id}}}, {}});
            continue;
        }
        result.push_back(std::move(removal));
    }
    std::ranges::sort(result, {}, [](const Removal& r) { return std::tie(r.year, r.event_id); });
    return result;
}

}  // namespace vereda::regions
