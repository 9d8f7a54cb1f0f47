#include "simulate/reach.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "simulate/least_cost.hpp"
#include "simulate/noise.hpp"
#include "simulate/partition.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

Surface reach_friction(const Surface& elevation, std::uint64_t seed) {
    const Noise noise(mixed(seed ^ 0x5E771E), 1500);
    Surface friction = slope_of(elevation);
    for (std::size_t i = 0; i < friction.values.size(); ++i) {
        const double chance = 1 + noise.fractal(friction.frame.centre(i), 3);
        friction.values[i] = 0.4 + 4 * friction.values[i] + 0.25 * std::max(chance, 0.0);
    }
    return friction;
}

geo::MultiPolygon land_around(geo::Point centre, geo::SquareMetres area, const Surface& friction) {
    const Frame& frame = friction.frame;
    const CostField field = spread(friction, {{frame.cell_at(centre)}, true});
    std::vector<std::size_t> order(frame.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return std::pair(field.cost[a], a) < std::pair(field.cost[b], b); });
    const auto wanted = static_cast<std::size_t>(area.value() / (frame.cell * frame.cell));
    std::vector<int> labels(frame.size(), 1);
    // Costs grow along every way from the centre, so the cheapest cells hold together.
    for (std::size_t i = 0; i < std::min(wanted + 1, order.size()); ++i)
        labels[order[i]] = 0;
    return partition(frame, labels, 1).front();
}

}  // namespace vereda::simulate
