#include "regions/displaced_loss.hpp"

#include <algorithm>

namespace vereda::regions {

using namespace geo;

namespace {

/// Hectares removed per year, as the estimand sees them in year t: the mean of t and the `lag` years before.
double removed_per_year(std::span<const EradicationEvent> events, int year, int lag) {
    double sum = 0;
    for (const EradicationEvent& event : events) {
        if (event.kind == EradicationKind::pruned_or_renewed || !event.reported) continue;
        const int removed_in = year_of(event.date);
        if (removed_in <= year && removed_in >= year - lag) sum += event.reported->value();
    }
    return sum / (lag + 1);
}

bool through_crop(const LossRow& row) {
    return row.mechanism.starts_with("direct_lag_") || row.mechanism == "associated";
}

}  // namespace

ArrivalsByRegion arrivals_by_region(const CropPanel& panel, const FlowLedger& flows) {
    ArrivalsByRegion arrivals;
    std::map<std::string_view, const PanelUnit*> by_id;
    for (std::size_t u = 0; u < panel.units.size(); ++u) {
        by_id.emplace(panel.units[u].id, &panel.units[u]);
        for (std::size_t y = 1; y < panel.years.size(); ++y) {
            const auto& before = panel.crop_ha[u][y - 1];
            const auto& now = panel.crop_ha[u][y];
            if (before && now && *now > *before)
                arrivals[{panel.units[u].region_id, panel.years[y]}].appeared_ha += *now - *before;
        }
    }
    for (const FlowRow& flow : flows.flows) {
        const auto unit = by_id.find(flow.destination_id);
        if (unit == by_id.end() || flow.origin_id == flow.destination_id) continue;
        arrivals[{unit->second->region_id, flow.to_year}].matched_ha += flow.area_ha;
    }
    return arrivals;
}

void add_displaced_bounds(std::vector<LossRow>& rows, const DisplacementResult& displacement,
                          const ArrivalsByRegion& arrivals, std::span<const EradicationEvent> events, int lag) {
    std::map<int, double> matched_in_year;
    for (const auto& [key, arrival] : arrivals)
        matched_in_year[key.second] += arrival.matched_ha;
    const bool found = displacement.verdict == DisplacementVerdict::found;
    // Crop that appeared is told as mapped: so are the hectares that the share is of.
    const double mapped = displacement.mapped.applied ? displacement.mapped.rate.value_or(1) : 1;
    for (LossRow& row : rows) {
        row.displaced_lo = Hectares(0);
        row.displaced_hi = Hectares(0);
        if (!through_crop(row)) continue;
        if (!displacement.hi) {
            row.displaced_hi = std::nullopt;
            continue;
        }
        const auto arrival = arrivals.find({row.region_id, row.year});
        if (arrival == arrivals.end() || !(arrival->second.matched_ha > 0)) continue;
        const double received = arrival->second.matched_ha / matched_in_year[row.year];
        const double hectares = removed_per_year(events, row.year, lag) * mapped * received;
        const double appeared = std::max(arrival->second.appeared_ha, arrival->second.matched_ha);
        const auto bounded = [&](double share) {
            return Hectares(row.area.value() * std::clamp(share * hectares / appeared, 0.0, 1.0));
        };
        row.displaced_lo = bounded(found ? displacement.lo.value_or(0) : 0);
        row.displaced_hi = bounded(*displacement.hi);
    }
}

}  // namespace vereda::regions
