#include "optimise/transport.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>

#include "geo/error.hpp"
#include "geo/random.hpp"
#include "optimise/augmenting_paths.hpp"
#include "optimise/network_flow.hpp"

namespace vereda::optimise {

using namespace geo;

namespace {

constexpr double kQuantum = 1.0 / (1LL << 34);
constexpr double kCostStep = 1e-6;
constexpr double kMost = 1e8;
constexpr double kDearest = 1e9;
/// Places from which on shortest augmenting paths outrun the network simplex.
constexpr std::size_t kLarge = 60'000;

/// Rounded down: what rounding leaves rests.
std::int64_t quanta(double amount) {
    return static_cast<std::int64_t>(std::floor(amount / kQuantum));
}
double amount_of(std::int64_t quanta) {
    return static_cast<double>(quanta) * kQuantum;
}

void require_amounts(std::span<const double> amounts) {
    double sum = 0;
    for (const double amount : amounts) {
        if (!std::isfinite(amount) || amount < 0)
            throw Error(ErrorKind::usage, {"transport.amount"_msg, {{"amount", std::to_string(amount)}}});
        sum += amount;
    }
    if (sum > kMost) throw Error(ErrorKind::usage, {"transport.amount"_msg, {{"amount", std::to_string(sum)}}});
}

void require_cost(double cost) {
    if (!std::isfinite(cost) || cost < 0 || cost > kDearest)
        throw Error(ErrorKind::usage, {"transport.cost"_msg, {{"cost", std::to_string(cost)}}});
}

void require_valid(const TransportProblem& problem) {
    require_amounts(problem.origins);
    require_amounts(problem.destinations);
    require_cost(problem.origin_rest_cost);
    require_cost(problem.destination_rest_cost);
    for (const TransportArc& arc : problem.arcs) {
        require_cost(arc.cost);
        if (arc.origin >= problem.origins.size() || arc.destination >= problem.destinations.size())
            throw Error(ErrorKind::usage,
                        {"transport.arc"_msg,
                         {{"origin", std::to_string(arc.origin)}, {"destination", std::to_string(arc.destination)}}});
    }
}

/// Places that candidate arcs join, and the arcs among them.
struct Component {
    std::vector<std::size_t> origins;
    std::vector<std::size_t> destinations;
    std::vector<std::size_t> arcs;
};

class Components {
  public:
    explicit Components(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
    std::size_t root(std::size_t i) {
        while (parent_[i] != i)
            i = parent_[i] = parent_[parent_[i]];
        return i;
    }
    void join(std::size_t a, std::size_t b) {
        a = root(a);
        b = root(b);
        if (a != b) parent_[std::max(a, b)] = std::min(a, b);
    }

  private:
    std::vector<std::size_t> parent_;
};

bool worth_matching(const TransportProblem& problem, const TransportArc& arc, double slack) {
    return arc.cost * (1 - slack) <= problem.origin_rest_cost + problem.destination_rest_cost &&
           problem.origins[arc.origin] > 0 && problem.destinations[arc.destination] > 0;
}

std::vector<Component> components_of(const TransportProblem& problem, double slack) {
    const std::size_t sources = problem.origins.size();
    Components sets(sources + problem.destinations.size());
    for (const TransportArc& arc : problem.arcs)
        if (worth_matching(problem, arc, slack)) sets.join(arc.origin, sources + arc.destination);
    std::map<std::size_t, Component> by_root;
    for (std::size_t a = 0; a < problem.arcs.size(); ++a)
        if (worth_matching(problem, problem.arcs[a], slack))
            by_root[sets.root(problem.arcs[a].origin)].arcs.push_back(a);
    std::vector<Component> result;
    for (auto& [root, component] : by_root) {
        for (const std::size_t a : component.arcs) {
            component.origins.push_back(problem.arcs[a].origin);
            component.destinations.push_back(problem.arcs[a].destination);
        }
        for (auto* places : {&component.origins, &component.destinations}) {
            std::ranges::sort(*places);
            places->erase(std::unique(places->begin(), places->end()), places->end());
        }
        result.push_back(std::move(component));
    }
    return result;
}

int position_in(const std::vector<std::size_t>& places, std::size_t place) {
    return static_cast<int>(std::ranges::lower_bound(places, place) - places.begin());
}

/// Nodes: origins, destinations, then the place where rests of origins go and the one where rests of destinations come
/// from; the arc between those two carries what is matched.
FlowProblem network_of(const TransportProblem& problem, const Component& component) {
    FlowProblem network;
    const int first = static_cast<int>(component.origins.size());
    const int to_rest = first + static_cast<int>(component.destinations.size());
    const int from_rest = to_rest + 1;
    std::int64_t supply = 0;
    std::int64_t demand = 0;
    for (const std::size_t i : component.origins) {
        network.supply.push_back(quanta(problem.origins[i]));
        supply += network.supply.back();
    }
    for (const std::size_t j : component.destinations) {
        network.supply.push_back(-quanta(problem.destinations[j]));
        demand -= network.supply.back();
    }
    network.supply.push_back(-supply);
    network.supply.push_back(demand);
    const auto step = [](double cost) { return std::llround(cost / kCostStep); };
    for (const std::size_t a : component.arcs) {
        const TransportArc& arc = problem.arcs[a];
        network.arcs.push_back({position_in(component.origins, arc.origin),
                                first + position_in(component.destinations, arc.destination), step(arc.cost)});
    }
    for (int i = 0; i < first; ++i)
        network.arcs.push_back({i, to_rest, step(problem.origin_rest_cost)});
    for (int j = first; j < to_rest; ++j)
        network.arcs.push_back({from_rest, j, step(problem.destination_rest_cost)});
    network.arcs.push_back({from_rest, to_rest, 0});
    return network;
}

struct ComponentFlows {
    std::vector<std::int64_t> shown;  ///< per arc of the component
    std::vector<std::int64_t> least;
    std::vector<std::int64_t> most;
};

/// One flow per arc of the component, by whichever algorithm suits its size.
std::vector<std::int64_t> cheapest(const FlowProblem& network, const Component& component) {
    const std::size_t origins = component.origins.size();
    const std::size_t places = origins + component.destinations.size();
    if (places < kLarge) return cheapest_flow(network);
    LocalTransport local;
    for (std::size_t i = 0; i < places; ++i)
        (i < origins ? local.origins : local.destinations).push_back(std::abs(network.supply[i]));
    for (std::size_t a = 0; a < network.arcs.size(); ++a) {
        const FlowArc& arc = network.arcs[a];
        if (a < component.arcs.size())
            local.arcs.push_back({arc.from, arc.to - static_cast<int>(origins), arc.cost});
        else if (a < component.arcs.size() + places)
            (a < component.arcs.size() + origins ? local.origin_rest_cost : local.destination_rest_cost)
                .push_back(arc.cost);
    }
    return cheapest_local_transport(local);
}

ComponentFlows solve(const TransportProblem& problem, const Component& component, const TransportOptions& options,
                     std::uint64_t stream) {
    const FlowProblem network = network_of(problem, component);
    ComponentFlows result;
    result.shown = cheapest(network, component);
    if (result.shown.empty()) throw Error(ErrorKind::internal, {"internal.transport_infeasible"_msg, {}});
    result.least = result.most = result.shown;
    Random random(options.seed, "transport-" + std::to_string(stream));
    FlowProblem shifted = network;
    for (int k = 0; k < options.alternatives; ++k) {
        for (std::size_t a = 0; a < network.arcs.size(); ++a) {
            const double factor = 1 + options.near_optimal * random.uniform(-1, 1);
            shifted.arcs[a].cost = std::llround(static_cast<double>(network.arcs[a].cost) * factor);
        }
        const std::vector<std::int64_t> flow = cheapest(shifted, component);
        for (std::size_t a = 0; a < component.arcs.size(); ++a) {
            result.least[a] = std::min(result.least[a], flow[a]);
            result.most[a] = std::max(result.most[a], flow[a]);
        }
    }
    return result;
}

void add(TransportPlan& plan, const TransportProblem& problem, const Component& component,
         const ComponentFlows& flows) {
    for (std::size_t k = 0; k < component.arcs.size(); ++k) {
        if (flows.most[k] == 0) continue;
        const std::size_t a = component.arcs[k];
        const double amount = amount_of(flows.shown[k]);
        plan.flows.push_back({a, amount, amount_of(flows.least[k]), amount_of(flows.most[k])});
        plan.origin_rest[problem.arcs[a].origin] -= amount;
        plan.destination_rest[problem.arcs[a].destination] -= amount;
        plan.cost += amount * problem.arcs[a].cost;
    }
}

}  // namespace

TransportPlan cheapest_transport(const TransportProblem& problem, const TransportOptions& options, Progress* progress) {
    require_valid(problem);
    const std::vector<Component> components = components_of(problem, options.near_optimal);
    TransportPlan plan;
    plan.origin_rest = problem.origins;
    plan.destination_rest = problem.destinations;
    parallel_ordered<ComponentFlows>(
        components.size(), options.parallelism,
        [&](std::size_t i) { return solve(problem, components[i], options, i); },
        [&](std::size_t i, ComponentFlows&& flows) { add(plan, problem, components[i], flows); }, progress);
    std::ranges::sort(plan.flows, {}, &TransportFlow::arc);
    const auto settle = [&](std::vector<double>& rests, double cost) {
        for (double& rest : rests) {
            rest = std::max(rest, 0.0);
            plan.cost += rest * cost;
        }
    };
    settle(plan.origin_rest, problem.origin_rest_cost);
    settle(plan.destination_rest, problem.destination_rest_cost);
    return plan;
}

}  // namespace vereda::optimise
