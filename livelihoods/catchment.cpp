#include "livelihoods/catchment.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace vereda::livelihoods {

namespace {

struct Pair {
    double cost;
    std::size_t place;
    std::size_t family;
};

std::vector<Pair> pairs_within(const CostTable& cost, double reach) {
    std::vector<Pair> pairs;
    for (std::size_t place = 0; place < cost.size(); ++place) {
        for (std::size_t family = 0; family < cost[place].size(); ++family) {
            const double at = cost[place][family];
            if (std::isfinite(at) && (reach <= 0 || at <= reach)) pairs.push_back({at, place, family});
        }
    }
    std::ranges::sort(pairs, {}, [](const Pair& pair) { return std::tie(pair.cost, pair.place, pair.family); });
    return pairs;
}

}  // namespace

Catchments catchments(std::span<const ServicePlace> places, const CostTable& cost, std::span<const double> people,
                      double reach, const std::string& unit) {
    Catchments result;
    result.assigned.resize(people.size());
    if (places.empty()) return result;
    for (const ServicePlace& place : places)
        result.rows.push_back({place.kind, place.name, place.capacity, 0, 0, 0, std::nullopt, unit});
    std::vector<bool> has_nearest(people.size());
    for (const Pair& pair : pairs_within(cost, reach)) {
        CatchmentRow& row = result.rows[pair.place];
        if (!has_nearest[pair.family]) {
            has_nearest[pair.family] = true;
            row.nearest_people += people[pair.family];
        }
        if (result.assigned[pair.family]) continue;
        if (row.capacity && row.people + people[pair.family] > *row.capacity) continue;
        result.assigned[pair.family] = pair.place;
        ++row.families;
        row.people += people[pair.family];
        row.farthest = pair.cost;
    }
    CatchmentRow left{places.front().kind, "", std::nullopt, 0, 0, 0, std::nullopt, unit};
    for (std::size_t family = 0; family < people.size(); ++family) {
        if (result.assigned[family]) continue;
        ++left.families;
        left.people += people[family];
    }
    result.rows.push_back(std::move(left));
    std::ranges::sort(result.rows, {}, [](const CatchmentRow& row) { return std::tie(row.kind, row.place); });
    return result;
}

}  // namespace vereda::livelihoods
