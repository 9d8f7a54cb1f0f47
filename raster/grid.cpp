#include "raster/grid.hpp"

#include <algorithm>
#include <cmath>

#include "geo/error.hpp"

namespace vereda::raster {

using geo::operator""_msg;

geo::Box Grid::extent() const {
    return box(whole());
}

geo::Box Grid::box(const Window& window) const {
    return {{origin.x + window.col * cell_width, origin.y - window.row_end() * cell_height},
            {origin.x + window.col_end() * cell_width, origin.y - window.row * cell_height}};
}

std::optional<Window> Grid::cell_at(geo::Point point) const {
    const double col = std::floor((point.x - origin.x) / cell_width);
    const double row = std::floor((origin.y - point.y) / cell_height);
    if (!(col >= 0 && col < width && row >= 0 && row < height)) return std::nullopt;
    return Window{static_cast<int>(col), static_cast<int>(row), 1, 1};
}

Window Grid::window_of(const geo::Box& box) const {
    if (box.empty()) return {};
    const auto cut = [](double value, int limit) {
        return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(limit)));
    };
    const int col = cut(std::floor((box.min.x - origin.x) / cell_width), width);
    const int col_end = cut(std::ceil((box.max.x - origin.x) / cell_width), width);
    const int row = cut(std::floor((origin.y - box.max.y) / cell_height), height);
    const int row_end = cut(std::ceil((origin.y - box.min.y) / cell_height), height);
    if (col >= col_end || row >= row_end) return {};
    return {col, row, col_end - col, row_end - row};
}

Grid Grid::cut(const Window& window) const {
    Grid result = *this;
    result.origin = {origin.x + window.col * cell_width, origin.y - window.row * cell_height};
    result.width = window.width;
    result.height = window.height;
    return result;
}

void require_valid(const Grid& grid) {
    const bool sound = std::isfinite(grid.cell_width) && std::isfinite(grid.cell_height) && grid.cell_width > 0 &&
                       grid.cell_height > 0 && std::isfinite(grid.origin.x) && std::isfinite(grid.origin.y) &&
                       grid.width > 0 && grid.height > 0;
    if (!sound) throw geo::Error(geo::ErrorKind::input, {"raster.grid_invalid"_msg, {}});
}

namespace {

constexpr double tolerance = 1e-3;  // fine cells

/// `coarse / fine` as a whole number ≥ 1, 0 where it is none over `cells` fine cells.
int whole_ratio(double fine, double coarse, int cells) {
    const double ratio = coarse / fine;
    const double rounded = std::round(ratio);
    if (!(rounded >= 1 && rounded <= 1e6)) return 0;
    return std::abs(ratio - rounded) / rounded * cells <= tolerance ? static_cast<int>(rounded) : 0;
}

/// `distance` in fine cells as a whole number, or nullopt.
std::optional<std::int64_t> whole_offset(double distance, double fine) {
    const double offset = distance / fine;
    const double rounded = std::round(offset);
    if (!(std::abs(rounded) < 1e12) || std::abs(offset - rounded) > tolerance) return std::nullopt;
    return static_cast<std::int64_t>(rounded);
}

}  // namespace

std::optional<Nesting> nesting(const Grid& fine, const Grid& coarse) {
    if (!(fine.crs == coarse.crs)) return std::nullopt;
    Nesting result;
    result.factor_x = whole_ratio(fine.cell_width, coarse.cell_width, fine.width);
    result.factor_y = whole_ratio(fine.cell_height, coarse.cell_height, fine.height);
    const auto columns = whole_offset(fine.origin.x - coarse.origin.x, fine.cell_width);
    const auto rows = whole_offset(coarse.origin.y - fine.origin.y, fine.cell_height);
    if (result.factor_x == 0 || result.factor_y == 0 || !columns || !rows) return std::nullopt;
    result.col_offset = *columns;
    result.row_offset = *rows;
    return result;
}

}  // namespace vereda::raster
