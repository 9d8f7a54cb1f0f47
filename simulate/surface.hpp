/// Numbers on square cells while a landscape is being made: row 0 in the north, every cell known.
#pragma once

#include <cstddef>
#include <vector>

#include "geo/geometry.hpp"

namespace vereda::simulate {

/// The study's rectangle cut into square cells, in a projected CRS in metres.
struct Frame {
    geo::Point north_west;  ///< outer corner
    double cell = 30;       ///< metres
    int columns = 0;
    int rows = 0;

    [[nodiscard]] std::size_t size() const {
        return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
    }
    [[nodiscard]] std::size_t position(int column, int row) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column);
    }
    [[nodiscard]] bool holds(int column, int row) const {
        return column >= 0 && row >= 0 && column < columns && row < rows;
    }
    [[nodiscard]] int column_of(std::size_t position) const {
        return static_cast<int>(position % static_cast<std::size_t>(columns));
    }
    [[nodiscard]] int row_of(std::size_t position) const {
        return static_cast<int>(position / static_cast<std::size_t>(columns));
    }
    [[nodiscard]] geo::Point centre(std::size_t position) const {
        return {north_west.x + (column_of(position) + 0.5) * cell, north_west.y - (row_of(position) + 0.5) * cell};
    }
    /// The cell that holds the point; points outside go to the nearest cell.
    [[nodiscard]] std::size_t cell_at(geo::Point p) const;
    [[nodiscard]] geo::Box extent() const;
    /// The same rectangle in cells `factor` times as large; `factor` must divide columns and rows.
    [[nodiscard]] Frame coarser(int factor) const;
    friend bool operator==(const Frame&, const Frame&) = default;
};

struct Surface {
    Frame frame;
    std::vector<double> values;

    explicit Surface(Frame f, double value = 0) : frame(f), values(f.size(), value) {}
    [[nodiscard]] double& at(int column, int row) { return values[frame.position(column, row)]; }
    [[nodiscard]] double at(int column, int row) const { return values[frame.position(column, row)]; }
    [[nodiscard]] double nearest(geo::Point p) const { return values[frame.cell_at(p)]; }
};

/// Catmull-Rom interpolation at any point; outside the frame its edge goes on.
[[nodiscard]] double interpolated(const Surface& surface, geo::Point p);
/// The values at the centres of cells `factor` times as large.
[[nodiscard]] Surface coarsened(const Surface& surface, int factor);
/// Slope as rise over run, by central differences.
[[nodiscard]] Surface slope_of(const Surface& elevation);
/// Euclidean distance in metres from each cell's centre to the nearest marked cell's (Felzenszwalb and Huttenlocher,
/// "Distance transforms of sampled functions", Theory of Computing 8, 2012). At least one cell must be marked.
[[nodiscard]] Surface distance_to(const Frame& frame, const std::vector<bool>& marked);
/// Marks the cells that the line's points and the straight ways between them touch, stepping half a cell.
void mark_line(const Frame& frame, const geo::LineString& line, std::vector<bool>& marked);

}  // namespace vereda::simulate
