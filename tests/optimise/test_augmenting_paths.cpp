#include <cstdint>
#include <numeric>

#include "geo/random.hpp"
#include "optimise/augmenting_paths.hpp"
#include "optimise/network_flow.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::optimise;

namespace {

/// Arcs in no order, some places without any, ties in costs and amounts of 0.
LocalTransport random_transport(geo::Random& random, int origins, int destinations, double share) {
    LocalTransport problem;
    for (int i = 0; i < origins; ++i) {
        problem.origins.push_back(random.integer(0, 40));
        problem.origin_rest_cost.push_back(random.integer(0, 30));
    }
    for (int j = 0; j < destinations; ++j) {
        problem.destinations.push_back(random.integer(0, 40));
        problem.destination_rest_cost.push_back(random.integer(0, 30));
    }
    for (int j = 0; j < destinations; ++j)
        for (int i = 0; i < origins; ++i)
            if (random.chance(share)) problem.arcs.push_back({i, j, random.integer(0, 60)});
    return problem;
}

/// The least cost by the network simplex, with a place where rests go and one where they come from.
std::int64_t least_cost(const LocalTransport& problem) {
    FlowProblem network;
    const int origins = static_cast<int>(problem.origins.size());
    const int rest = origins + static_cast<int>(problem.destinations.size());
    network.supply = problem.origins;
    for (const std::int64_t amount : problem.destinations)
        network.supply.push_back(-amount);
    network.supply.push_back(-std::accumulate(problem.origins.begin(), problem.origins.end(), std::int64_t{0}));
    network.supply.push_back(
        std::accumulate(problem.destinations.begin(), problem.destinations.end(), std::int64_t{0}));
    for (const LocalTransport::Arc& arc : problem.arcs)
        network.arcs.push_back({arc.origin, origins + arc.destination, arc.cost});
    for (int i = 0; i < origins; ++i)
        network.arcs.push_back({i, rest, problem.origin_rest_cost[static_cast<std::size_t>(i)]});
    for (int j = origins; j < rest; ++j)
        network.arcs.push_back({rest + 1, j, problem.destination_rest_cost[static_cast<std::size_t>(j - origins)]});
    network.arcs.push_back({rest + 1, rest, 0});
    const std::vector<std::int64_t> flow = cheapest_flow(network);
    std::int64_t cost = 0;
    for (std::size_t a = 0; a < flow.size(); ++a)
        cost += flow[a] * network.arcs[a].cost;
    return cost;
}

}  // namespace

TEST_CASE("augmenting paths find flows of the network simplex's cost, and nothing is made or lost") {
    geo::Random random(3, "augmenting-paths");
    for (int round = 0; round < 300; ++round) {
        CAPTURE(round);
        const LocalTransport problem =
            random_transport(random, random.integer(1, 25), random.integer(1, 25), random.uniform(0, 1));
        const std::vector<std::int64_t> flow = cheapest_local_transport(problem);
        REQUIRE(flow.size() == problem.arcs.size());
        std::vector<std::int64_t> origin_rest = problem.origins;
        std::vector<std::int64_t> destination_rest = problem.destinations;
        std::int64_t cost = 0;
        for (std::size_t a = 0; a < flow.size(); ++a) {
            REQUIRE(flow[a] >= 0);
            cost += flow[a] * problem.arcs[a].cost;
            origin_rest[static_cast<std::size_t>(problem.arcs[a].origin)] -= flow[a];
            destination_rest[static_cast<std::size_t>(problem.arcs[a].destination)] -= flow[a];
        }
        for (std::size_t i = 0; i < origin_rest.size(); ++i) {
            REQUIRE(origin_rest[i] >= 0);
            cost += origin_rest[i] * problem.origin_rest_cost[i];
        }
        for (std::size_t j = 0; j < destination_rest.size(); ++j) {
            REQUIRE(destination_rest[j] >= 0);
            cost += destination_rest[j] * problem.destination_rest_cost[j];
        }
        REQUIRE(cost == least_cost(problem));
    }
}

TEST_CASE("an amount gives way where another one has nowhere else to go") {
    // Both want place 0; only the first has another place, at 5 more.
    LocalTransport problem;
    problem.origins = {10, 10};
    problem.destinations = {10, 10};
    problem.origin_rest_cost = {50, 50};
    problem.destination_rest_cost = {50, 50};
    problem.arcs = {{0, 0, 1}, {0, 1, 6}, {1, 0, 1}};
    CHECK(cheapest_local_transport(problem) == std::vector<std::int64_t>{0, 10, 10});
}
