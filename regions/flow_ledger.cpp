#include "regions/flow_ledger.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "optimise/transport.hpp"

namespace vereda::regions {

namespace {

/// Changes below this are rounding, not crop.
constexpr double kLeastChange = 1e-6;
/// Arcs times solutions that are worth waiting for.
constexpr std::size_t kWork = 2'000'000;
constexpr std::size_t kMostAlternatives = 12;
constexpr std::size_t kLeastAlternatives = 2;

/// A unit's loss or gain between two neighbouring panel years.
struct Change {
    std::size_t unit = 0;
    std::size_t step = 0;  ///< from years[step] to years[step + 1]
    double hectares = 0;
};

struct Changes {
    std::vector<Change> losses;  ///< by step, then unit
    std::vector<Change> gains;
    std::vector<FlowBalance> balance;
};

Changes changes_of(const CropPanel& panel) {
    Changes changes;
    for (std::size_t step = 0; step + 1 < panel.years.size(); ++step) {
        FlowBalance balance{panel.years[step], panel.years[step + 1], 0, 0, 0, 0};
        for (std::size_t u = 0; u < panel.units.size(); ++u) {
            const auto& before = panel.crop_ha[u][step];
            const auto& after = panel.crop_ha[u][step + 1];
            if (!before || !after) continue;
            const double change = *after - *before;
            if (change <= -kLeastChange) {
                changes.losses.push_back({u, step, -change});
                balance.lost_ha -= change;
            } else if (change >= kLeastChange) {
                changes.gains.push_back({u, step, change});
                balance.gained_ha += change;
            }
        }
        changes.balance.push_back(balance);
    }
    return changes;
}

/// Cheapest destinations of one loss.
std::vector<optimise::TransportArc> arcs_of(const CropPanel& panel, const UnitIndex& index, const FlowPlan& plan,
                                            const Changes& changes, const std::vector<std::vector<long>>& gain_at,
                                            std::size_t loss) {
    const Change& from = changes.losses[loss];
    const std::size_t last = std::min(from.step + static_cast<std::size_t>(plan.lag), gain_at.size() - 1);
    std::vector<optimise::TransportArc> arcs;
    for (const NearUnit& near : index.within(panel.units[from.unit].place, plan.cap))
        for (std::size_t step = from.step; step <= last; ++step) {
            const long gain = gain_at[step][near.unit];
            if (gain < 0) continue;
            const int waiting = panel.years[step + 1] - panel.years[from.step + 1];
            const double cost = near.metres + waiting * plan.per_year.value();
            if (cost <= plan.cap.value()) arcs.push_back({loss, static_cast<std::size_t>(gain), cost});
        }
    const auto key = [](const optimise::TransportArc& arc) { return std::tie(arc.cost, arc.destination); };
    const auto keep = std::min(arcs.size(), static_cast<std::size_t>(plan.candidates));
    std::ranges::partial_sort(arcs, arcs.begin() + static_cast<std::ptrdiff_t>(keep), {}, key);
    arcs.resize(keep);
    return arcs;
}

optimise::TransportProblem problem_of(const CropPanel& panel, const UnitIndex& index, const FlowPlan& plan,
                                      const Changes& changes, geo::Parallelism parallelism) {
    std::vector<std::vector<long>> gain_at(changes.balance.size(), std::vector<long>(panel.units.size(), -1));
    optimise::TransportProblem problem;
    for (std::size_t g = 0; g < changes.gains.size(); ++g) {
        gain_at[changes.gains[g].step][changes.gains[g].unit] = static_cast<long>(g);
        problem.destinations.push_back(changes.gains[g].hectares);
    }
    for (const Change& loss : changes.losses)
        problem.origins.push_back(loss.hectares);
    using Arcs = std::vector<optimise::TransportArc>;
    geo::parallel_ordered<Arcs>(
        changes.losses.size(), parallelism,
        [&](std::size_t i) { return arcs_of(panel, index, plan, changes, gain_at, i); },
        [&](std::size_t, Arcs&& arcs) { problem.arcs.insert(problem.arcs.end(), arcs.begin(), arcs.end()); });
    problem.origin_rest_cost = problem.destination_rest_cost = plan.cap.value() / 2;
    return problem;
}

}  // namespace

FlowLedger flow_ledger(const CropPanel& panel, const UnitIndex& index, const FlowPlan& plan, std::uint64_t seed,
                       geo::Parallelism parallelism, geo::Progress* progress) {
    FlowLedger ledger;
    Changes changes = changes_of(panel);
    ledger.balance = changes.balance;
    if (changes.balance.empty()) return ledger;
    const optimise::TransportProblem problem = problem_of(panel, index, plan, changes, parallelism);
    optimise::TransportOptions options;
    options.near_optimal = plan.near_optimal;
    options.alternatives = static_cast<int>(
        std::clamp(kWork / std::max<std::size_t>(problem.arcs.size(), 1), kLeastAlternatives, kMostAlternatives));
    options.seed = seed;
    options.parallelism = parallelism;
    const optimise::TransportPlan transport = optimise::cheapest_transport(problem, options, progress);
    for (const optimise::TransportFlow& flow : transport.flows) {
        const optimise::TransportArc& arc = problem.arcs[flow.arc];
        const Change& loss = changes.losses[arc.origin];
        const Change& gain = changes.gains[arc.destination];
        const PanelUnit& from = panel.units[loss.unit];
        const PanelUnit& to = panel.units[gain.unit];
        ledger.flows.push_back({from.id, to.id, panel.years[loss.step], panel.years[gain.step + 1], flow.amount,
                                flow.lo, flow.hi, std::hypot(from.place.x - to.place.x, from.place.y - to.place.y)});
    }
    std::ranges::sort(ledger.flows, {}, [](const FlowRow& row) {
        return std::tie(row.from_year, row.to_year, row.origin_id, row.destination_id);
    });
    for (std::size_t i = 0; i < changes.losses.size(); ++i)
        ledger.balance[changes.losses[i].step].lost_unmatched_ha += transport.origin_rest[i];
    for (std::size_t j = 0; j < changes.gains.size(); ++j)
        ledger.balance[changes.gains[j].step].gained_unmatched_ha += transport.destination_rest[j];
    return ledger;
}

}  // namespace vereda::regions
