#include "geo/simple_ring.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace vereda::geo {

namespace {

constexpr double rounding = 3.3306690738754716e-16;  // (3 + 16 ε) ε, ε = 2^-53
constexpr double underflow = 1e-290;
constexpr std::size_t few_edges = 40;              // every pair of them is looked at
constexpr std::size_t most_entries_per_edge = 16;  // in the grid; beyond, the ring is left to others

/// Sign of the sum of two products, 0 where rounding could have turned it.
int sure_sign(double a, double b) {
    const double sum = a + b;
    const double error = rounding * (std::abs(a) + std::abs(b)) + underflow;
    return sum > error ? 1 : sum < -error ? -1 : 0;
}

/// On which side of the line from a to b the point c surely lies.
int side(Point a, Point b, Point c) {
    return sure_sign((a.x - c.x) * (b.y - c.y), -((a.y - c.y) * (b.x - c.x)));
}

/// Whether the edges a-b and b-c surely share b alone.
bool part_at(Point a, Point b, Point c) {
    if (a == b) return false;
    return side(a, b, c) != 0 || sure_sign((b.x - a.x) * (c.x - b.x), (b.y - a.y) * (c.y - b.y)) > 0;
}

Box box_of(Point a, Point b) {
    return {{std::min(a.x, b.x), std::min(a.y, b.y)}, {std::max(a.x, b.x), std::max(a.y, b.y)}};
}

/// Without branches: which of the four it is cannot be foretold.
bool boxes_meet(const Box& a, const Box& b) {
    return (int{a.min.x <= b.max.x} & int{b.min.x <= a.max.x} & int{a.min.y <= b.max.y} & int{b.min.y <= a.max.y}) != 0;
}

/// Whether the edges a-b and c-d surely have no point in common.
bool apart(Point a, Point b, Point c, Point d) {
    if (!boxes_meet(box_of(a, b), box_of(c, d))) return true;
    const int of_c = side(a, b, c);
    if (of_c != 0 && of_c == side(a, b, d)) return true;
    const int of_a = side(c, d, a);
    return of_a != 0 && of_a == side(c, d, b);
}

/// Whether the ring surely goes round one point exactly once and never back: every ray from there meets it once, so it
/// is simple. Most fields are so, seen from the mean of their corners; the outlines of regions fail within a few edges.
bool surely_star_shaped(const Ring& ring) {
    const std::size_t edges = ring.size() - 1;
    Point centre;
    for (std::size_t e = 0; e < edges; ++e)
        centre = {centre.x + ring[e].x, centre.y + ring[e].y};
    centre = {centre.x / static_cast<double>(edges), centre.y / static_cast<double>(edges)};
    const int turn = side(centre, ring[0], ring[1]);
    if (turn == 0) return false;
    int rounds = 0;  // each step is less than half a turn, so that a round crosses the ray to the right once
    for (std::size_t e = 0; e < edges; ++e) {
        if (side(centre, ring[e], ring[e + 1]) != turn) return false;
        const bool below = ring[e].y < centre.y;
        const bool next_below = ring[e + 1].y < centre.y;
        rounds += int{turn > 0 ? below && !next_below : !below && next_below};
    }
    return rounds == 1;
}

/// Edges by the cells of a grid over the ring: edges whose boxes meet share a cell.
class EdgeGrid {
  public:
    explicit EdgeGrid(const Ring& ring)
        : ring_(&ring), edges_(ring.size() - 1), box_(envelope(ring)), across_(cells_across(edges_)) {
        const auto cells = static_cast<double>(across_);
        scale_ = {box_.width() > 0 ? cells / box_.width() : 0, box_.height() > 0 ? cells / box_.height() : 0};
    }

    /// Whether test(i, j) holds for all i < j that share a cell. False too where the grid would be out of proportion to
    /// the ring.
    template <class Test>
    [[nodiscard]] bool all_pairs(const Test& test) {
        if (!std::isfinite(scale_.x) || !std::isfinite(scale_.y)) return false;
        last_.assign(std::size_t{across_} * across_, none);
        entries_.clear();
        entries_.reserve(2 * edges_);
        Cell next = cell_of((*ring_)[0]);
        for (std::uint32_t e = 0; e < edges_; ++e) {
            const Cell cell = std::exchange(next, cell_of((*ring_)[e + 1]));
            const auto [first_col, last_col] = std::minmax(cell.col, next.col);
            const auto [first_row, last_row] = std::minmax(cell.row, next.row);
            const std::size_t cells = std::size_t{last_col - first_col + 1} * (last_row - first_row + 1);
            if (entries_.size() + cells > edges_ * most_entries_per_edge) return false;
            for (std::uint32_t row = first_row; row <= last_row; ++row) {
                for (std::uint32_t col = first_col; col <= last_col; ++col) {
                    std::uint32_t& last = last_[std::size_t{row} * across_ + col];
                    for (std::uint32_t other = last; other != none; other = entries_[other].before) {
                        if (!test(entries_[other].edge, e)) return false;
                    }
                    entries_.push_back({e, last});
                    last = static_cast<std::uint32_t>(entries_.size() - 1);
                }
            }
        }
        return true;
    }

  private:
    static constexpr std::uint32_t none = 0xffffffff;
    /// An edge in a cell, and the entry that came into the cell before it.
    struct Entry {
        std::uint32_t edge = 0;
        std::uint32_t before = none;
    };

    static std::uint32_t cells_across(std::size_t edges) {
        return static_cast<std::uint32_t>(2 * std::sqrt(static_cast<double>(edges))) + 1;
    }

    struct Cell {
        std::uint32_t col = 0;
        std::uint32_t row = 0;
    };

    [[nodiscard]] std::uint32_t position(double from_edge, double scale) const {
        return std::min(static_cast<std::uint32_t>(static_cast<std::int64_t>(from_edge * scale)), across_ - 1);
    }

    [[nodiscard]] Cell cell_of(Point p) const {
        return {position(p.x - box_.min.x, scale_.x), position(p.y - box_.min.y, scale_.y)};
    }

    const Ring* ring_;
    std::size_t edges_;
    Box box_;
    std::uint32_t across_;
    Point scale_;
    std::vector<std::uint32_t> last_;  ///< by cell: its latest entry
    std::vector<Entry> entries_;
};

}  // namespace

bool surely_simple(const Ring& ring) {
    if (ring.size() < 4 || !(ring.front() == ring.back())) return false;
    if (surely_star_shaped(ring)) return true;
    const std::size_t edges = ring.size() - 1;
    for (std::size_t e = 0; e < edges; ++e) {
        if (!part_at(ring[e], ring[e + 1], ring[e + 2 <= edges ? e + 2 : 1])) return false;
    }
    const auto test = [&](std::size_t i, std::size_t j) {
        const bool neighbours = j == i + 1 || (i == 0 && j + 1 == edges);
        return neighbours || apart(ring[i], ring[i + 1], ring[j], ring[j + 1]);
    };
    if (edges <= few_edges) {
        std::array<Box, few_edges> boxes;
        for (std::size_t j = 0; j < edges; ++j) {
            boxes[j] = box_of(ring[j], ring[j + 1]);
            for (std::size_t i = 0; i + 1 < j; ++i) {
                if (boxes_meet(boxes[i], boxes[j]) && !test(i, j)) return false;
            }
        }
        return true;
    }
    return EdgeGrid(ring).all_pairs(test);
}

}  // namespace vereda::geo
