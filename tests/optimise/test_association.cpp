#include "optimise/association.hpp"

#include <cmath>
#include <map>
#include <random>
#include <span>

#include "optimise/assignment.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using optimise::AssociationProblem;
using optimise::Hypothesis;

namespace {

Hypothesis hypothesis(std::initializer_list<std::uint32_t> members, double weight) {
    Hypothesis h;
    for (const std::uint32_t m : members)
        h.members[h.count++] = m;
    h.weight = weight;
    return h;
}

struct ByForce {
    double best = 0;
    double total = 0;
    std::vector<double> share;
};

void try_all(const AssociationProblem& problem, std::size_t next, unsigned long taken, double weight,
             std::vector<std::size_t>& chosen, ByForce& result) {
    if (next == problem.hypotheses.size()) {
        result.best = std::max(result.best, weight);
        result.total += std::exp(weight);
        for (const std::size_t h : chosen)
            result.share[h] += std::exp(weight);
        return;
    }
    try_all(problem, next + 1, taken, weight, chosen, result);
    const Hypothesis& h = problem.hypotheses[next];
    unsigned long members = 0;
    for (std::size_t k = 0; k < h.count; ++k)
        members |= 1UL << h.members[k];
    if ((taken & members) != 0) return;
    chosen.push_back(next);
    try_all(problem, next + 1, taken | members, weight + h.weight, chosen, result);
    chosen.pop_back();
}

AssociationProblem random_problem(std::mt19937& random, std::size_t rows, std::size_t columns, std::size_t pairs,
                                  std::size_t groups) {
    std::uniform_real_distribution<double> weight(-3, 5);
    std::uniform_real_distribution<double> place(0, 100);
    AssociationProblem problem;
    problem.rows = rows;
    problem.columns = columns;
    for (std::size_t i = 0; i < rows + columns; ++i)
        problem.places.push_back({place(random), place(random)});
    std::map<std::pair<std::uint32_t, std::uint32_t>, bool> known;
    while (known.size() < std::min(pairs, rows * columns)) {
        const auto r = static_cast<std::uint32_t>(random() % rows);
        const auto c = static_cast<std::uint32_t>(rows + random() % columns);
        if (known.emplace(std::pair(r, c), true).second)
            problem.hypotheses.push_back(hypothesis({r, c}, weight(random)));
    }
    for (std::size_t g = 0; g < groups && rows > 1 && columns > 1; ++g) {
        const auto r = static_cast<std::uint32_t>(random() % rows);
        const auto c = static_cast<std::uint32_t>(rows + random() % columns);
        const auto r2 = static_cast<std::uint32_t>((r + 1) % rows);
        const auto c2 = static_cast<std::uint32_t>(rows + (c - rows + 1) % columns);
        problem.hypotheses.push_back(g % 2 == 0 ? hypothesis({r, c, c2}, weight(random))
                                                : hypothesis({r, r2, c}, weight(random)));
    }
    return problem;
}

}  // namespace

TEST_CASE("one pair's probability is the logistic of its weight", "[association]") {
    AssociationProblem problem{1, 1, {hypothesis({0, 1}, std::log(9.0))}, {{0, 0}, {1, 1}}};
    const auto found = optimise::associate(problem, {1});
    REQUIRE(found.chosen[0] == 1);
    REQUIRE(found.probability[0] == Approx(0.9));
    problem.hypotheses[0].weight = -1;
    REQUIRE(optimise::associate(problem, {1}).chosen[0] == 0);
}

TEST_CASE("two plots that could each be either outline are even", "[association]") {
    const AssociationProblem problem{
        2,
        2,
        {hypothesis({0, 2}, 6), hypothesis({0, 3}, 6), hypothesis({1, 2}, 6), hypothesis({1, 3}, 6)},
        {{0, 0}, {1, 0}, {0, 1}, {1, 1}}};
    const auto found = optimise::associate(problem, {1});
    for (const double p : found.probability)
        REQUIRE(p == Approx(0.5).margin(0.01));
}

TEST_CASE("small components get the best set and the shares that brute force finds", "[association]") {
    std::mt19937 random(17);
    for (int round = 0; round < 150; ++round) {
        const AssociationProblem problem = random_problem(random, 1 + random() % 5, 1 + random() % 5, 8, random() % 5);
        ByForce expected;
        expected.share.assign(problem.hypotheses.size(), 0);
        std::vector<std::size_t> chosen;
        try_all(problem, 0, 0, 0, chosen, expected);
        const auto found = optimise::associate(problem, {2});
        double weight = 0;
        for (std::size_t h = 0; h < problem.hypotheses.size(); ++h) {
            weight += found.chosen[h] != 0 ? problem.hypotheses[h].weight : 0;
            REQUIRE(found.probability[h] == Approx(expected.share[h] / expected.total).margin(1e-9));
        }
        REQUIRE(weight == Approx(expected.best).margin(1e-9));
        REQUIRE(found.wide_components == 0);
    }
}

namespace {

/// Rows and columns on one lattice, each row with the columns around it: too wide for dynamic programming.
AssociationProblem lattice(std::mt19937& random, int side) {
    std::uniform_real_distribution<double> weight(-1, 6);
    AssociationProblem problem;
    problem.rows = problem.columns = static_cast<std::size_t>(side * side);
    for (int copy = 0; copy < 2; ++copy)
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x)
                problem.places.push_back({x * 50.0, y * 50.0});
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            for (int dy = -1; dy <= 1; ++dy) {
                for (int dx = -1; dx <= 1; ++dx) {
                    if (x + dx < 0 || x + dx >= side || y + dy < 0 || y + dy >= side) continue;
                    problem.hypotheses.push_back(
                        hypothesis({static_cast<std::uint32_t>(y * side + x),
                                    static_cast<std::uint32_t>(side * side + (y + dy) * side + x + dx)},
                                   weight(random)));
                }
            }
        }
    }
    return problem;
}

}  // namespace

TEST_CASE("wide components of pairs get the exact assignment", "[association]") {
    std::mt19937 random(29);
    const AssociationProblem problem = lattice(random, 20);
    const auto found = optimise::associate(problem, {2});
    REQUIRE(found.wide_components == 1);
    REQUIRE(found.unproved == 0);
    double total = 0;
    std::vector<double> covered(problem.rows + problem.columns, 0);
    std::vector<optimise::AssignmentEdge> edges;
    for (std::size_t h = 0; h < problem.hypotheses.size(); ++h) {
        const Hypothesis& pair = problem.hypotheses[h];
        total += found.chosen[h] != 0 ? pair.weight : 0;
        edges.push_back({pair.members[0], pair.members[1] - problem.rows, pair.weight});
        for (const std::uint32_t m : std::span(pair.members).first(2))
            covered[m] += found.probability[h];
    }
    REQUIRE(total == Approx(optimise::assign(problem.rows, problem.columns, edges).total).epsilon(1e-12));
    for (const double sum : covered)
        REQUIRE(sum <= 1 + 1e-3);
}

TEST_CASE("a split in a wide component is found where it is worth more than the pairs it replaces", "[association]") {
    std::mt19937 random(31);
    AssociationProblem problem = lattice(random, 16);
    problem.hypotheses.push_back(hypothesis({100, 256 + 100, 256 + 101}, 40));
    const auto found = optimise::associate(problem, {2});
    REQUIRE(found.wide_components == 1);
    REQUIRE(found.chosen.back() == 1);
    REQUIRE(found.probability.back() > 0.99);
    std::vector<int> held(problem.rows + problem.columns, 0);
    for (std::size_t h = 0; h < problem.hypotheses.size(); ++h)
        for (std::size_t k = 0; found.chosen[h] != 0 && k < problem.hypotheses[h].count; ++k)
            REQUIRE(++held[problem.hypotheses[h].members[k]] == 1);
}

TEST_CASE("the association does not depend on the number of threads", "[association]") {
    std::mt19937 random(37);
    const AssociationProblem problem = random_problem(random, 400, 400, 700, 60);
    const auto one = optimise::associate(problem, {1});
    const auto two = optimise::associate(problem, {2});
    REQUIRE(one.chosen == two.chosen);
    REQUIRE(one.probability == two.probability);
}
