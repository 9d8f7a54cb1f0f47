#include "raster/run_area.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/error.hpp"
#include "raster/cell_area.hpp"

namespace vereda::raster {

namespace {

constexpr double tile_metres = 130'000;

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

RunArea::RunArea(const Grid& grid) {
    auto measured = std::make_shared<Measured>();
    CellArea cells(grid);
    if (cells.same_along_rows()) {
        measured->row_areas.reserve(static_cast<std::size_t>(grid.height));
        for (int row = 0; row < grid.height; ++row)
            measured->row_areas.push_back(cells.row_area(row));
    } else {
        measure_tiles(grid, cells, *measured);
    }
    current_.resize(static_cast<std::size_t>(measured->across));
    measured_ = std::move(measured);
}

void RunArea::measure_tiles(const Grid& grid, const CellArea& cells, Measured& measured) {
    const double cell = std::max(grid.cell_width, grid.cell_height) * grid.crs.unit_factor();
    constexpr int largest_side = 1 << 20;
    int& side = measured.side;
    while (side < largest_side && 2 * side * cell <= tile_metres)
        side *= 2;
    std::array<int, nodes> node_cells{};  // counted from the tile's corner
    Polynomial places{};
    for (std::size_t i = 0; i < nodes; ++i) {
        const double angle = (2.0 * static_cast<double>(nodes - i) - 1) / (2.0 * nodes) * std::numbers::pi;
        const double place = (std::cos(angle) + 1) / 2 * side;
        node_cells[i] = std::clamp(static_cast<int>(std::lround(place - 0.5)), 0, side - 1);
        places[i] = (node_cells[i] + 0.5) / side * 2 - 1;
    }
    for (std::size_t i = 0; i < nodes; ++i)
        measured.basis[i] = lagrange(places, i);
    measured.across = (grid.width + side - 1) / side;
    const int down = (grid.height + side - 1) / side;
    for (int tile = 0; tile < measured.across * down; ++tile) {
        Tile& measuring = measured.tiles.emplace_back();
        const int col = tile % measured.across * side;
        const int row = tile / measured.across * side;
        try {
            for (std::size_t j = 0; j < nodes; ++j) {
                for (std::size_t i = 0; i < nodes; ++i) {
                    const double area = cells.cell_area(col + node_cells[i], row + node_cells[j]);
                    for (std::size_t k = 0; k < nodes; ++k)
                        measuring.along[j][k] += measured.basis[i][k] * area;
                }
            }
        } catch (const geo::Error&) {
            measuring.outside = std::current_exception();
        }
    }
}

const RunArea::Polynomial& RunArea::along_row(int tile_col, int row) {
    CurrentRow& current = current_[static_cast<std::size_t>(tile_col)];
    if (current.row == row) return current.along;
    const int tile_row = row / measured_->side;
    const Tile& tile =
        measured_->tiles[static_cast<std::size_t>(tile_row) * static_cast<std::size_t>(measured_->across) +
                         static_cast<std::size_t>(tile_col)];
    if (tile.outside) std::rethrow_exception(tile.outside);
    const double t = (row - tile_row * measured_->side + 0.5) / measured_->side * 2 - 1;
    current.along.fill(0);
    for (std::size_t j = 0; j < nodes; ++j) {
        const double weight = value_at(measured_->basis[j], t);
        for (std::size_t k = 0; k < nodes; ++k)
            current.along[k] += weight * tile.along[j][k];
    }
    current.row = row;
    return current.along;
}

double RunArea::summed_area(int row, int col_begin, int col_end) {
    const int side = measured_->side;
    double sum = 0;
    for (int begin = col_begin; begin < col_end;) {
        const int tile_col = begin / side;
        const int end = std::min(col_end, (tile_col + 1) * side);
        const Polynomial& area = along_row(tile_col, row);
        const double cells = end - begin;
        const double middle = (begin + end - 2.0 * tile_col * side) / side - 1;
        const double offset = std::sqrt((cells * cells - 1) / 12) / side * 2;
        sum += cells * 0.5 * (value_at(area, middle - offset) + value_at(area, middle + offset));
        begin = end;
    }
    return sum;
}

}  // namespace vereda::raster
