#include "optimise/assignment.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace vereda::optimise {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

class Augmenting {
  public:
    Augmenting(std::size_t rows, std::size_t columns, std::span<const AssignmentEdge> edges)
        : edges_(edges),
          first_edge_(rows + 1, 0),
          row_of_column_(columns, free_place),
          distance_(columns, infinite),
          came_from_(columns, free_place),
          settled_(columns, false) {
        for (const AssignmentEdge& edge : edges)
            ++first_edge_[edge.row + 1];
        for (std::size_t r = 0; r < rows; ++r)
            first_edge_[r + 1] += first_edge_[r];
        result_.column_of_row.assign(rows, free_place);
        result_.row_price.assign(rows, 0);
        result_.column_price.assign(columns, 0);
    }

    Assignment solve() {
        for (std::size_t row = 0; row < result_.column_of_row.size(); ++row)
            place(row);
        for (std::size_t row = 0; row < result_.column_of_row.size(); ++row) {
            const std::size_t column = result_.column_of_row[row];
            if (column != free_place) result_.total += result_.row_price[row] + result_.column_price[column];
        }
        return std::move(result_);
    }

  private:
    using Reached = std::pair<double, std::size_t>;

    /// Loss of the reduced kind: how much less than its prices an edge brings.
    [[nodiscard]] double slack(const AssignmentEdge& edge) const {
        return std::max(0.0, result_.row_price[edge.row] + result_.column_price[edge.column] - edge.weight);
    }

    /// A new row starts at the price that makes its best edge tight, then looks for the least loss: a free column, or a
    /// row (itself or one it pushes out) that stays free at the cost of its price.
    void place(std::size_t row) {
        double price = 0;
        for (std::size_t e = first_edge_[row]; e < first_edge_[row + 1]; ++e)
            price = std::max(price, edges_[e].weight - result_.column_price[edges_[e].column]);
        result_.row_price[row] = price;
        if (!(price > 0)) return;
        search(row);
    }

    void reach(std::size_t row, double so_far) {
        if (so_far + result_.row_price[row] < give_up_) {
            give_up_ = so_far + result_.row_price[row];
            given_up_row_ = row;
        }
        for (std::size_t e = first_edge_[row]; e < first_edge_[row + 1]; ++e) {
            const std::size_t column = edges_[e].column;
            const double there = so_far + slack(edges_[e]);
            if (settled_[column] || there >= distance_[column] || there >= give_up_) continue;
            if (distance_[column] == infinite) touched_.push_back(column);
            distance_[column] = there;
            came_from_[column] = row;
            queue_.push({there, column});
        }
    }

    void search(std::size_t start) {
        give_up_ = infinite;
        given_up_row_ = start;
        touched_.clear();
        settled_order_.clear();
        queue_ = {};
        reach(start, 0);
        double end = give_up_;
        std::size_t free_column = free_place;
        while (!queue_.empty()) {
            const auto [so_far, column] = queue_.top();
            queue_.pop();
            if (settled_[column] || so_far > distance_[column]) continue;
            if (so_far >= give_up_) break;
            if (row_of_column_[column] == free_place) {
                free_column = column;
                end = so_far;
                break;
            }
            settled_[column] = true;
            settled_order_.push_back(column);
            reach(row_of_column_[column], so_far);
        }
        if (free_column == free_place) end = give_up_;
        adjust_prices(start, end);
        flip(start, free_column);
        for (const std::size_t column : touched_) {
            distance_[column] = infinite;
            settled_[column] = false;
        }
    }

    void adjust_prices(std::size_t start, double end) {
        result_.row_price[start] -= end;
        for (const std::size_t column : settled_order_) {
            const double drop = std::max(0.0, end - distance_[column]);
            result_.row_price[row_of_column_[column]] -= drop;
            result_.column_price[column] += drop;
        }
    }

    /// Along the path back to `start`; without a free column the row that gave up loses its own.
    void flip(std::size_t start, std::size_t free_column) {
        std::size_t column = free_column;
        if (column == free_place) {
            result_.row_price[given_up_row_] = 0;
            column = result_.column_of_row[given_up_row_];
            result_.column_of_row[given_up_row_] = free_place;
            if (given_up_row_ == start) return;
        }
        while (true) {
            const std::size_t row = came_from_[column];
            const std::size_t next = result_.column_of_row[row];
            result_.column_of_row[row] = column;
            row_of_column_[column] = row;
            if (row == start) return;
            column = next;
        }
    }

    std::span<const AssignmentEdge> edges_;
    std::vector<std::size_t> first_edge_;
    std::vector<std::size_t> row_of_column_;
    std::vector<double> distance_;
    std::vector<std::size_t> came_from_;
    std::vector<bool> settled_;
    std::vector<std::size_t> touched_;
    std::vector<std::size_t> settled_order_;
    std::priority_queue<Reached, std::vector<Reached>, std::greater<>> queue_;
    double give_up_ = infinite;
    std::size_t given_up_row_ = free_place;
    Assignment result_;
};

}  // namespace

Assignment assign(std::size_t rows, std::size_t columns, std::span<const AssignmentEdge> edges) {
    return Augmenting(rows, columns, edges).solve();
}

}  // namespace vereda::optimise
