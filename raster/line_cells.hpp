/// The cells that a line passes through.
#pragma once

#include <functional>

#include "geo/geometry.hpp"
#include "raster/grid.hpp"

namespace vereda::raster {

/// Calls visit(col, row) for every cell of the grid that a segment of the line (in the grid's CRS) passes through; left
/// and top edges belong to the cell. Cells of one segment hang together by their sides, so a line of barriers cannot be
/// crossed diagonally. A cell may come more than once. A line of one point has one cell.
void visit_line_cells(const geo::LineString& line, const Grid& grid, const std::function<void(int, int)>& visit);

}  // namespace vereda::raster
