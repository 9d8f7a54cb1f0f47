#include "raster/run_area.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vereda::raster {

namespace {

constexpr double tile_metres = 130'000;
constexpr int smallest_side = 16;  ///< below it tiles do not pay: every cell is measured by itself

template <std::size_t n>
double value_at(const std::array<double, n>& polynomial, double t) {
    double value = 0;
    for (std::size_t k = n; k-- > 0;)
        value = value * t + polynomial[k];
    return value;
}

/// The polynomial of degree n - 1 that is 1 at places[which] and 0 at the others.
template <std::size_t n>
std::array<double, n> lagrange(const std::array<double, n>& places, std::size_t which) {
    std::array<double, n> polynomial{1};
    std::size_t degree = 0;
    for (std::size_t other = 0; other < n; ++other) {
        if (other == which) continue;
        const double scale = 1 / (places[which] - places[other]);
        ++degree;
        for (std::size_t k = degree + 1; k-- > 0;) {
            const double below = k > 0 ? polynomial[k - 1] : 0;
            polynomial[k] = (below - places[other] * polynomial[k]) * scale;
        }
    }
    return polynomial;
}

}  // namespace

RunArea::RunArea(const Grid& grid) : grid_(grid), cell_area_(grid), same_along_rows_(cell_area_.same_along_rows()) {
    if (same_along_rows_) return;
    const double cell = std::max(grid.cell_width, grid.cell_height) * grid.crs.unit_factor();
    constexpr int largest_side = 1 << 20;
    while (side_ < largest_side && 2 * side_ * cell <= tile_metres)
        side_ *= 2;
    std::array<double, nodes> places{};
    for (std::size_t i = 0; i < nodes; ++i) {
        const double angle = (2.0 * static_cast<double>(nodes - i) - 1) / (2.0 * nodes) * std::numbers::pi;
        const double place = (std::cos(angle) + 1) / 2 * side_;
        node_cells_[i] = std::clamp(static_cast<int>(std::lround(place - 0.5)), 0, side_ - 1);
        places[i] = (node_cells_[i] + 0.5) / side_ * 2 - 1;
    }
    if (side_ < smallest_side) return;
    for (std::size_t i = 0; i < nodes; ++i)
        basis_[i] = lagrange(places, i);
    across_ = (grid.width + side_ - 1) / side_;
    const int down = (grid.height + side_ - 1) / side_;
    tiles_.resize(static_cast<std::size_t>(across_) * static_cast<std::size_t>(down));
}

void RunArea::measure(Tile& tile, int tile_col, int tile_row) const {
    for (std::size_t j = 0; j < nodes; ++j) {
        tile.along[j].fill(0);
        for (std::size_t i = 0; i < nodes; ++i) {
            const double area =
                cell_area_.cell_area(tile_col * side_ + node_cells_[i], tile_row * side_ + node_cells_[j]);
            for (std::size_t k = 0; k < nodes; ++k)
                tile.along[j][k] += basis_[i][k] * area;
        }
    }
    tile.known = true;
}

const RunArea::Polynomial& RunArea::along_row(int tile_col, int row) {
    const int tile_row = row / side_;
    Tile& tile = tiles_[static_cast<std::size_t>(tile_row) * static_cast<std::size_t>(across_) +
                        static_cast<std::size_t>(tile_col)];
    if (tile.row == row) return tile.current;
    if (!tile.known) measure(tile, tile_col, tile_row);
    const double t = (row - tile_row * side_ + 0.5) / side_ * 2 - 1;
    tile.current.fill(0);
    for (std::size_t j = 0; j < nodes; ++j) {
        const double weight = value_at(basis_[j], t);
        for (std::size_t k = 0; k < nodes; ++k)
            tile.current[k] += weight * tile.along[j][k];
    }
    tile.row = row;
    return tile.current;
}

double RunArea::area(int row, int col_begin, int col_end) {
    if (same_along_rows_) return cell_area_.row_area(row) * (col_end - col_begin);
    double sum = 0;
    if (tiles_.empty()) {
        for (int col = col_begin; col < col_end; ++col)
            sum += cell_area_.cell_area(col, row);
        return sum;
    }
    for (int begin = col_begin; begin < col_end;) {
        const int tile_col = begin / side_;
        const int end = std::min(col_end, (tile_col + 1) * side_);
        const Polynomial& area = along_row(tile_col, row);
        const double from = 2.0 * (begin - tile_col * side_) / side_ - 1;
        const double to = 2.0 * (end - tile_col * side_) / side_ - 1;
        const double offset = (to - from) / 2 * std::numbers::inv_sqrt3;
        const double middle = (from + to) / 2;
        sum += (end - begin) * 0.5 * (value_at(area, middle - offset) + value_at(area, middle + offset));
        begin = end;
    }
    return sum;
}

}  // namespace vereda::raster
