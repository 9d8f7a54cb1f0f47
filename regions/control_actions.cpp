#include "regions/control_actions.hpp"

#include <algorithm>
#include <utility>

#include "geo/topology.hpp"

namespace vereda::regions {

ControlActions::ControlActions(std::span<const EradicationEvent> events, const Effectiveness& effectiveness) {
    for (const EradicationEvent& event : events) {
        const std::optional<double> share = effectiveness.of(event.kind);
        if (share == 0.0) continue;
        const auto* polygons = std::get_if<geo::MultiPolygon>(&event.place);
        geo::MultiPolygon outline = polygons == nullptr ? geo::MultiPolygon{} : geo::repair(*polygons).polygons;
        if (outline.empty()) {
            told_.push_back({event.region_id, event.date});
        } else {
            outlined_.push_back({std::move(outline), event.date, share});
        }
    }
    std::ranges::stable_sort(outlined_, std::ranges::greater{},
                             [](const Outlined& event) { return event.effectiveness.value_or(-1); });
    std::vector<geo::Box> boxes;
    for (const Outlined& event : outlined_)
        boxes.push_back(geo::envelope(event.outline));
    index_ = geo::SpatialIndex(boxes);
}

ControlActions::TakenOff ControlActions::taken_off(const geo::MultiPolygon& crop, geo::Date after,
                                                   geo::Date until) const {
    TakenOff result;
    geo::MultiPolygon rest = crop;
    for (const std::size_t i : index_.query(geo::envelope(crop))) {
        const Outlined& event = outlined_[i];
        if (event.date <= after || event.date > until || rest.empty()) continue;
        if (!geo::intersects(rest, event.outline)) continue;
        if (!event.effectiveness) {
            result.effectiveness_unknown = true;
            continue;
        }
        result.planar_area += geo::planar_area(geo::intersection(rest, event.outline)) * *event.effectiveness;
        rest = geo::difference(rest, event.outline);
    }
    return result;
}

bool ControlActions::touches(const geo::MultiPolygon& crop, int year) const {
    return std::ranges::any_of(index_.query(geo::envelope(crop)), [&](std::size_t i) {
        return geo::year_of(outlined_[i].date) == year && geo::intersects(crop, outlined_[i].outline);
    });
}

bool ControlActions::without_outline(std::string_view region_id, geo::Date after, geo::Date until) const {
    return std::ranges::any_of(told_, [&](const Told& event) {
        return event.region_id == region_id && event.date > after && event.date <= until;
    });
}

}  // namespace vereda::regions
