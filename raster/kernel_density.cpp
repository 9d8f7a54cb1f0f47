#include "raster/kernel_density.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>
#include <utility>
#include <vector>

#include "geo/error.hpp"

namespace vereda::raster {

using geo::operator""_msg;

namespace {

constexpr int band_rows = 64;

/// A point in metres from the grid's corner, x east, y south, and the rows that it reaches.
struct Placed {
    double x = 0;
    double y = 0;
    double weight = 0;
    int row_begin = 0;
    int row_end = 0;
};

/// Cells whose centres lie at from … to, in cells from the edge.
std::pair<int, int> centres_within(double from, double to, int count) {
    const double begin = std::clamp(std::ceil(from - 0.5), 0.0, static_cast<double>(count));
    const double end = std::clamp(std::floor(to - 0.5) + 1, 0.0, static_cast<double>(count));
    return {static_cast<int>(begin), static_cast<int>(std::max(begin, end))};
}

void require_usable(const Grid& grid, std::span<const WeightedPoint> points, double h) {
    if (!(h > 0) || !std::isfinite(h)) throw geo::Error(geo::ErrorKind::usage, {"density.bandwidth"_msg, {}});
    if (grid.crs.is_geographic()) throw geo::Error(geo::ErrorKind::input, {"distance.geographic"_msg, {}});
    for (const WeightedPoint& point : points) {
        if (!std::isfinite(point.place.x) || !std::isfinite(point.place.y) || !std::isfinite(point.weight)) {
            throw geo::Error(geo::ErrorKind::input, {"density.not_finite"_msg, {}});
        }
    }
}

void add_to_row(const Placed& point, double dy, double cell, double h, std::span<double> row) {
    const double h2 = h * h;
    const double reach = std::sqrt(std::max(0.0, h2 - dy * dy));
    const auto [begin, end] =
        centres_within((point.x - reach) / cell, (point.x + reach) / cell, static_cast<int>(row.size()));
    const double scale = point.weight * 3 / (std::numbers::pi * h2);
    for (int col = begin; col < end; ++col) {
        const double dx = (col + 0.5) * cell - point.x;
        const double rest = 1 - (dx * dx + dy * dy) / h2;
        if (rest > 0) row[static_cast<std::size_t>(col)] += scale * rest * rest;
    }
}

}  // namespace

Raster<double> kernel_density(const Grid& grid, std::span<const WeightedPoint> points, const DensityOptions& options) {
    const double h = options.bandwidth.value();
    require_usable(grid, points, h);
    const double unit = grid.crs.unit_factor();
    const double width = grid.cell_width * unit;
    const double height = grid.cell_height * unit;
    const int bands = (grid.height + band_rows - 1) / band_rows;
    std::vector<std::vector<Placed>> by_band(static_cast<std::size_t>(bands));
    for (const WeightedPoint& point : points) {
        Placed placed{(point.place.x - grid.origin.x) * unit, (grid.origin.y - point.place.y) * unit, point.weight, 0,
                      0};
        std::tie(placed.row_begin, placed.row_end) =
            centres_within((placed.y - h) / height, (placed.y + h) / height, grid.height);
        for (int row = placed.row_begin; row < placed.row_end; row = (row / band_rows + 1) * band_rows)
            by_band[static_cast<std::size_t>(row / band_rows)].push_back(placed);
    }
    Raster<double> density(grid);
    geo::parallel_for(
        by_band.size(), options.parallelism,
        [&](std::size_t band) {
            const int first = static_cast<int>(band) * band_rows;
            const int last = std::min(first + band_rows, grid.height);
            for (const Placed& point : by_band[band]) {
                for (int row = std::max(first, point.row_begin); row < std::min(last, point.row_end); ++row) {
                    const std::span<double> cells(&density.at(0, row), static_cast<std::size_t>(grid.width));
                    add_to_row(point, (row + 0.5) * height - point.y, width, h, cells);
                }
            }
        },
        options.progress);
    return density;
}

}  // namespace vereda::raster
