#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "geo/error.hpp"
#include "geo/random.hpp"
#include "optimise/transport.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::optimise;

namespace {

TransportProblem random_problem(geo::Random& random, int origins, int destinations) {
    TransportProblem problem;
    for (int i = 0; i < origins; ++i)
        problem.origins.push_back(random.integer(0, 3));
    for (int j = 0; j < destinations; ++j)
        problem.destinations.push_back(random.integer(0, 3));
    for (int i = 0; i < origins; ++i)
        for (int j = 0; j < destinations; ++j)
            if (random.chance(0.7))
                problem.arcs.push_back({static_cast<std::size_t>(i), static_cast<std::size_t>(j),
                                        static_cast<double>(random.integer(0, 12))});
    problem.origin_rest_cost = random.integer(0, 8);
    problem.destination_rest_cost = random.integer(0, 8);
    return problem;
}

/// Every whole-number plan is tried: with whole amounts the linear programme has a whole-number optimum (the constraint
/// matrix is totally unimodular), so this is the programme's value.
double least_by_enumeration(const TransportProblem& problem, std::vector<double>& origins,
                            std::vector<double>& destinations, std::size_t arc) {
    if (arc == problem.arcs.size()) {
        return problem.origin_rest_cost * std::accumulate(origins.begin(), origins.end(), 0.0) +
               problem.destination_rest_cost * std::accumulate(destinations.begin(), destinations.end(), 0.0);
    }
    const TransportArc& a = problem.arcs[arc];
    double least = std::numeric_limits<double>::infinity();
    const double room = std::min(origins[a.origin], destinations[a.destination]);
    for (double flow = 0; flow <= room; flow += 1) {
        origins[a.origin] -= flow;
        destinations[a.destination] -= flow;
        least = std::min(least, flow * a.cost + least_by_enumeration(problem, origins, destinations, arc + 1));
        origins[a.origin] += flow;
        destinations[a.destination] += flow;
    }
    return least;
}

double worst_imbalance(const TransportProblem& problem, const TransportPlan& plan) {
    std::vector<double> out = plan.origin_rest;
    std::vector<double> in = plan.destination_rest;
    for (const TransportFlow& flow : plan.flows) {
        out[problem.arcs[flow.arc].origin] += flow.amount;
        in[problem.arcs[flow.arc].destination] += flow.amount;
    }
    double worst = 0;
    for (std::size_t i = 0; i < out.size(); ++i)
        worst = std::max(worst, std::abs(out[i] - problem.origins[i]));
    for (std::size_t j = 0; j < in.size(); ++j)
        worst = std::max(worst, std::abs(in[j] - problem.destinations[j]));
    return worst;
}

}  // namespace

TEST_CASE("transport costs what the cheapest of all plans costs") {
    geo::Random random(7, "transport-test");
    for (int round = 0; round < 60; ++round) {
        TransportProblem problem = random_problem(random, random.integer(1, 3), random.integer(1, 3));
        std::vector<double> origins = problem.origins;
        std::vector<double> destinations = problem.destinations;
        const double expected = least_by_enumeration(problem, origins, destinations, 0);
        CAPTURE(round);
        CHECK(cheapest_transport(problem).cost == Approx(expected).margin(1e-9));
    }
}

TEST_CASE("transport balances every origin and destination below 1e-9") {
    geo::Random random(11, "transport-test");
    TransportProblem problem;
    for (int i = 0; i < 80; ++i) {
        problem.origins.push_back(random.uniform(0, 1000) / 3);
        problem.destinations.push_back(random.uniform(0, 1000) / 7);
    }
    for (std::size_t i = 0; i < 80; ++i)
        for (std::size_t j = 0; j < 80; ++j)
            if (random.chance(0.2)) problem.arcs.push_back({i, j, random.uniform(0, 20000)});
    problem.origin_rest_cost = problem.destination_rest_cost = 6000;
    const TransportPlan plan = cheapest_transport(problem);
    CHECK(worst_imbalance(problem, plan) < 1e-9);
    for (const TransportFlow& flow : plan.flows) {
        CHECK(flow.lo <= flow.amount);
        CHECK(flow.amount <= flow.hi);
    }
}

TEST_CASE("what is dearer to match than to leave stays unmatched") {
    TransportProblem problem{{2}, {2}, {{0, 0, 11}}, 5, 5};
    const TransportPlan apart = cheapest_transport(problem);
    CHECK(apart.flows.empty());
    CHECK(apart.origin_rest[0] == 2);
    CHECK(apart.cost == Approx(20));
    problem.arcs[0].cost = 9;
    const TransportPlan matched = cheapest_transport(problem);
    CHECK(matched.origin_rest[0] == 0);
    CHECK(matched.cost == Approx(18));
}

TEST_CASE("the range of a pair shows that another cheapest plan exists") {
    // Two origins and two destinations, all four costs equal: every pairing is as cheap.
    const TransportProblem problem{{1, 1}, {1, 1}, {{0, 0, 3}, {0, 1, 3}, {1, 0, 3}, {1, 1, 3}}, 10, 10};
    const TransportPlan plan = cheapest_transport(problem);
    REQUIRE(plan.flows.size() == 4);
    for (const TransportFlow& flow : plan.flows) {
        CHECK(flow.lo == 0);
        CHECK(flow.hi == 1);
    }
}

TEST_CASE("one thread and four find the same transport") {
    geo::Random random(5, "transport-test");
    TransportProblem problem;
    for (std::size_t block = 0; block < 20; ++block) {
        for (int i = 0; i < 4; ++i) {
            problem.origins.push_back(random.uniform(0, 5));
            problem.destinations.push_back(random.uniform(0, 5));
        }
        for (std::size_t i = 0; i < 4; ++i)
            for (std::size_t j = 0; j < 4; ++j)
                problem.arcs.push_back({4 * block + i, 4 * block + j, random.uniform(0, 10)});
    }
    problem.origin_rest_cost = problem.destination_rest_cost = 8;
    TransportOptions options;
    options.parallelism.jobs = 1;
    const TransportPlan one = cheapest_transport(problem, options);
    options.parallelism.jobs = 4;
    const TransportPlan four = cheapest_transport(problem, options);
    REQUIRE(one.flows.size() == four.flows.size());
    CHECK(one.cost == four.cost);
    for (std::size_t k = 0; k < one.flows.size(); ++k) {
        CHECK(one.flows[k].amount == four.flows[k].amount);
        CHECK(one.flows[k].hi == four.flows[k].hi);
    }
}

TEST_CASE("transport refuses amounts and costs that are no numbers, and arcs to nowhere") {
    CHECK_THROWS_AS(cheapest_transport({{-1}, {1}, {}, 1, 1}), geo::Error);
    CHECK_THROWS_AS(cheapest_transport({{1}, {std::nan("")}, {}, 1, 1}), geo::Error);
    CHECK_THROWS_AS(cheapest_transport({{1}, {1}, {{0, 0, -2}}, 1, 1}), geo::Error);
    CHECK_THROWS_AS(cheapest_transport({{1}, {1}, {{0, 1, 2}}, 1, 1}), geo::Error);
}
