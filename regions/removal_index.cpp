#include "regions/removal_index.hpp"

#include <cmath>
#include <numbers>
#include <tuple>

#include "geo/shared_area.hpp"
#include "geo/topology.hpp"

namespace vereda::regions {

namespace {

constexpr double around = 50;          // metres
constexpr double least_covered = 0.3;  // of the outline

geo::MultiPolygon ground_of(const EradicationEvent& event) {
    if (const auto* polygons = std::get_if<geo::MultiPolygon>(&event.place)) return *polygons;
    if (std::holds_alternative<std::monostate>(event.place)) return {};
    double reach = around;
    const bool is_point = std::holds_alternative<geo::Points>(event.place);
    if (is_point && event.reported && event.reported->value() > 0)
        reach = std::sqrt(geo::to_square_metres(*event.reported).value() / std::numbers::pi);
    return geo::buffer(event.place, reach);
}

}  // namespace

RemovalIndex::RemovalIndex(std::span<const EradicationEvent> events) : events_(events) {
    std::vector<geo::Box> boxes;
    for (const EradicationEvent& event : events) {
        grounds_.push_back(ground_of(event));
        boxes.push_back(geo::envelope(grounds_.back()));
    }
    index_.emplace(boxes);
}

std::optional<std::size_t> RemovalIndex::found(const geo::MultiPolygon& outline, geo::Date after,
                                               geo::Date until) const {
    if (events_.empty()) return std::nullopt;
    const double whole = geo::planar_area(outline);
    std::optional<std::size_t> best;
    std::tuple<bool, double, geo::Date> best_rank;
    for (const std::size_t i : index_->query(geo::envelope(outline))) {
        const EradicationEvent& event = events_[i];
        if (event.date <= after || event.date > until) continue;
        const double covered = geo::shared_area(outline, grounds_[i]) / whole;
        if (covered < least_covered) continue;
        constexpr double steps = 100;  // differences below a hundredth are drawing
        const std::tuple rank(event.kind != EradicationKind::pruned_or_renewed, std::round(covered * steps),
                              event.date);
        if (!best || rank > best_rank) {
            best = i;
            best_rank = rank;
        }
    }
    return best;
}

}  // namespace vereda::regions
