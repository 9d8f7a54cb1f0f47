#include "raster/line_cells.hpp"

#include <algorithm>
#include <cmath>

namespace vereda::raster {

namespace {

geo::Point in_cells(geo::Point point, const Grid& grid) {
    return {(point.x - grid.origin.x) / grid.cell_width, (grid.origin.y - point.y) / grid.cell_height};
}

/// Row by row: the columns between where the segment enters and where it leaves.
void visit_segment(geo::Point a, geo::Point b, const Grid& grid, const std::function<void(int, int)>& visit) {
    if (a.y > b.y) std::swap(a, b);
    const double first = std::max(std::floor(a.y), 0.0);
    const double last = std::min(std::floor(b.y), grid.height - 1.0);
    const double left = std::min(a.x, b.x);
    const double right = std::max(a.x, b.x);
    const auto x_at = [&](double y) {
        if (y <= a.y) return a.x;
        if (y >= b.y) return b.x;
        return std::clamp(a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y)), left, right);
    };
    for (double row = first; row <= last; ++row) {
        const double enters = x_at(row);
        const double leaves = x_at(row + 1);
        const double from = std::max(std::floor(std::min(enters, leaves)), 0.0);
        const double to = std::min(std::floor(std::max(enters, leaves)), grid.width - 1.0);
        for (double col = from; col <= to; ++col)
            visit(static_cast<int>(col), static_cast<int>(row));
    }
}

}  // namespace

void visit_line_cells(const geo::LineString& line, const Grid& grid, const std::function<void(int, int)>& visit) {
    if (line.size() == 1) visit_segment(in_cells(line[0], grid), in_cells(line[0], grid), grid, visit);
    for (std::size_t i = 0; i + 1 < line.size(); ++i)
        visit_segment(in_cells(line[i], grid), in_cells(line[i + 1], grid), grid, visit);
}

}  // namespace vereda::raster
