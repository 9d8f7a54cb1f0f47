/// Edges cut into the cells they cross. Internal to raster/: coverage.cpp sweeps what comes out.
///
/// What an edge adds to a cell depends on the edge and the cell alone, never on the window: where it crosses a row
/// border is computed from the whole edge, where it crosses a column border from the row border above.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "raster/window.hpp"

namespace vereda::raster::detail {

/// An edge that runs down (towards greater rows), whichever way its ring does, in cells: y0 < y1.
struct DownEdge {
    double x0, y0, x1, y1;
    double sign;
};

/// To multiples of 2^-40, for values in [0, 1]: doubles in [4096, 8192) are 2^-40 apart.
inline double quantised(double height) {
    constexpr double magnet = 6144;
    return (height + magnet) - magnet;
}

/// std::floor for magnitudes up to 2^62: without SSE 4.1 that is a call, and this is the innermost loop.
inline double floor_of(double value) {
    const auto whole = static_cast<double>(static_cast<std::int64_t>(value));
    return whole > value ? whole - 1 : whole;
}

/// std::clamp by value, which compiles to two instructions.
inline double within(double value, double low, double high) {
    return std::min(std::max(value, low), high);
}

/// An edge wholly left of the window: its height in each row is all that counts.
template <class Sink>
void add_left_edge(const DownEdge& edge, const Window& window, Sink& sink) {
    double row = std::max(floor_of(edge.y0), static_cast<double>(window.row));
    const double bottom = std::min(edge.y1, static_cast<double>(window.row_end()));
    double y = std::max(edge.y0, row);
    for (; y < bottom; row += 1) {
        const double next = std::min(edge.y1, row + 1);
        sink.add_left(static_cast<int>(row), edge.sign * ((next - row) - (y - row)));
        y = next;
    }
}

/// Slopes of an edge and where it crosses borders.
class Crossings {
  public:
    explicit Crossings(const DownEdge& edge)
        : edge_(&edge),
          left_(std::min(edge.x0, edge.x1)),
          right_(std::max(edge.x0, edge.x1)),
          slope_((edge.x1 - edge.x0) / (edge.y1 - edge.y0)),
          rise_((edge.y1 - edge.y0) / (edge.x1 - edge.x0)) {}

    [[nodiscard]] double left() const { return left_; }
    [[nodiscard]] double right() const { return right_; }
    /// Column at a row border; beyond the edge's ends, that of the end.
    [[nodiscard]] double x_at(double border) const {
        return within(edge_->x0 + (border - edge_->y0) * slope_, left_, right_);
    }
    /// Height from the row's top at a column border, for the part that begins at (x, y) and ends at height `end`. A
    /// vertical edge has no column border but its own, which it never crosses.
    [[nodiscard]] double y_at(double border, double x, double y, double end) const {
        return quantised(std::min(y + (border - x) * rise_, end));
    }

  private:
    const DownEdge* edge_;
    double left_;
    double right_;
    double slope_;
    double rise_;
};

/// A place in cells, or a cell: column, row.
using Pair = double __attribute__((vector_size(16)));

/// An edge wholly inside the window, right border excluded: from cell to cell, each step over a row border or a column
/// border. Which of them cannot be foretold, how many can: so a step chooses by a mask instead of a branch.
template <class Sink>
void add_inner_edge(const DownEdge& edge, Sink& sink) {
    const auto first_row = static_cast<int>(edge.y0);
    const auto first_col = static_cast<int>(edge.x0);
    const auto end_row = static_cast<int>(edge.y1);
    const auto end_col = static_cast<int>(edge.x1);
    const int rows = end_row - first_row - int{end_row == edge.y1};
    const int cols = std::abs(end_col - first_col) - (int{end_col > first_col} & int{end_col == edge.x1});
    const double way = std::copysign(1.0, edge.x1 - edge.x0);
    const double ahead = (way + 1) * 0.5;
    const Crossings crossings(edge);
    Pair cell{static_cast<double>(first_col), static_cast<double>(first_row)};
    Pair at{edge.x0, edge.y0 - cell[1]};  // its row counted from the cell's top
    Pair part = at;                       // where the edge came into this row
    for (int steps = rows + cols; steps > 0; --steps) {
        const Pair row_end{crossings.x_at(cell[1] + 1), std::min(edge.y1 - cell[1], 1.0)};
        const double border = cell[0] + ahead;
        const Pair col_end{border, crossings.y_at(border, part[0], part[1], row_end[1])};
        const auto over_col = Pair{way * border, way * border} < Pair{way * row_end[0], way * row_end[0]};
        const Pair next = over_col ? col_end : row_end;
        const double height = edge.sign * (next[1] - at[1]);
        sink.add(cell, height, height * (1 - ((at[0] - cell[0]) + (next[0] - cell[0])) * 0.5));
        at = over_col ? col_end : Pair{row_end[0], 0};
        part = over_col ? part : at;
        cell += over_col ? Pair{way, 0} : Pair{0, 1};
    }
    const double height = edge.sign * ((edge.y1 - cell[1]) - at[1]);
    sink.add(cell, height, height * (1 - ((at[0] - cell[0]) + (edge.x1 - cell[0])) * 0.5));
}

/// The part of an edge within one row: heights ya < yb in [0, 1] from the row's top.
struct RowPart {
    int row;
    double xa, ya, xb, yb;
};

/// Adds one row part to the cells [col_begin, col_end) it crosses; what lies left of them counts as cover alone.
template <class Sink>
void add_row_part(const RowPart& part, double sign, const Crossings& crossings, const Window& window, Sink& sink) {
    const bool rightwards = part.xa <= part.xb;
    const double xl = rightwards ? part.xa : part.xb;
    const double xr = rightwards ? part.xb : part.xa;
    if (xl >= window.col_end()) return;
    if (xr < window.col) return sink.add_left(part.row, sign * (part.yb - part.ya));
    const double first = floor_of(xl);
    double last = floor_of(xr);
    if (last == xr && last > first) last -= 1;
    double y = rightwards ? part.ya : part.yb;
    const double y_end = rightwards ? part.yb : part.ya;
    const auto y_at = [&](double col) { return col > last ? y_end : crossings.y_at(col, part.xa, part.ya, part.yb); };
    double col = first;
    double entry = xl - first;
    if (first < window.col) {
        const double before = y;
        y = y_at(window.col);
        sink.add_left(part.row, sign * std::abs(y - before));
        col = window.col;
        entry = 0;
    }
    for (; col <= last && col < window.col_end(); col += 1) {
        const double next = y_at(col + 1);
        const double height = sign * std::abs(next - y);
        const double exit = col < last ? 1 : xr - col;
        sink.add(part.row, static_cast<int>(col), height, height * (1 - (entry + exit) * 0.5));
        y = next;
        entry = 0;
    }
}

/// Any edge that meets the window's rows and is not wholly left or right of it.
template <class Sink>
void add_cut_edge(const DownEdge& edge, const Window& window, Sink& sink) {
    const Crossings crossings(edge);
    double row = std::max(floor_of(edge.y0), static_cast<double>(window.row));
    double x = edge.y0 >= row ? edge.x0 : crossings.x_at(row);
    double y = edge.y0 >= row ? edge.y0 : row;
    while (row < window.row_end() && y < edge.y1) {
        const bool ends_here = edge.y1 <= row + 1;
        const double next_x = ends_here ? edge.x1 : crossings.x_at(row + 1);
        const double next_y = ends_here ? edge.y1 : row + 1;
        add_row_part({static_cast<int>(row), x, y - row, next_x, next_y - row}, edge.sign, crossings, window, sink);
        x = next_x;
        y = next_y;
        row += 1;
    }
}

/// Adds to `sink` what an edge that meets the window's rows and is not wholly right of it gives to the window's cells
/// (add) and rows (add_left, for what lies left of the window).
template <class Sink>
[[gnu::always_inline]] inline void add_edge(const DownEdge& edge, const Window& window, Sink& sink) {
    const double left = std::min(edge.x0, edge.x1);
    const double right = std::max(edge.x0, edge.x1);
    if (left >= window.col && right < window.col_end() && edge.y0 >= window.row && edge.y1 <= window.row_end()) {
        add_inner_edge(edge, sink);
    } else if (right < window.col) {
        add_left_edge(edge, window, sink);
    } else {
        add_cut_edge(edge, window, sink);
    }
}

}  // namespace vereda::raster::detail
