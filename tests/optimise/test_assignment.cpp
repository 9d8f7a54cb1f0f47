#include "optimise/assignment.hpp"

#include <algorithm>
#include <random>

#include "tests/support/catch.hpp"

using namespace vereda;
using optimise::AssignmentEdge;

namespace {

double best_by_force(std::size_t row, std::size_t rows, unsigned taken, const std::vector<AssignmentEdge>& edges) {
    if (row == rows) return 0;
    double best = best_by_force(row + 1, rows, taken, edges);
    for (const AssignmentEdge& edge : edges) {
        if (edge.row != row || (taken >> edge.column & 1U) != 0) continue;
        best = std::max(best, edge.weight + best_by_force(row + 1, rows, taken | 1U << edge.column, edges));
    }
    return best;
}

}  // namespace

TEST_CASE("the assignment is the greatest that brute force finds", "[assignment]") {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> weight(-3, 8);
    std::bernoulli_distribution there(0.5);
    for (int round = 0; round < 500; ++round) {
        const std::size_t rows = 1 + random() % 6;
        const std::size_t columns = 1 + random() % 6;
        std::vector<AssignmentEdge> edges;
        for (std::size_t r = 0; r < rows; ++r)
            for (std::size_t c = 0; c < columns; ++c)
                if (there(random)) edges.push_back({r, c, weight(random)});
        const optimise::Assignment found = optimise::assign(rows, columns, edges);
        double total = 0;
        unsigned taken = 0;
        for (std::size_t r = 0; r < rows; ++r) {
            if (found.column_of_row[r] == optimise::free_place) continue;
            const auto edge = std::ranges::find_if(
                edges, [&](const auto& e) { return e.row == r && e.column == found.column_of_row[r]; });
            REQUIRE(edge != edges.end());
            REQUIRE((taken >> edge->column & 1U) == 0);
            taken |= 1U << edge->column;
            total += edge->weight;
        }
        REQUIRE(total == Approx(best_by_force(0, rows, 0, edges)).margin(1e-9));
        REQUIRE(found.total == Approx(total).margin(1e-9));
    }
}

TEST_CASE("the prices prove the assignment of a large sparse graph", "[assignment]") {
    std::mt19937 random(21);
    std::uniform_real_distribution<double> weight(-1, 5);
    constexpr std::size_t size = 3000;
    std::vector<AssignmentEdge> edges;
    for (std::size_t r = 0; r < size; ++r)
        for (std::size_t c = r < 4 ? 0 : r - 4; c < std::min(size, r + 5); ++c)
            edges.push_back({r, c, weight(random)});
    const optimise::Assignment found = optimise::assign(size, size, edges);
    double sum = 0;
    for (const double price : found.row_price) {
        REQUIRE(price >= -1e-9);
        sum += price;
    }
    for (const double price : found.column_price) {
        REQUIRE(price >= -1e-9);
        sum += price;
    }
    for (const AssignmentEdge& edge : edges)
        REQUIRE(found.row_price[edge.row] + found.column_price[edge.column] >= edge.weight - 1e-9);
    REQUIRE(sum == Approx(found.total).epsilon(1e-12));
}
