/// Grid: where a raster's cells lie on the ground. North-up: row 0 is the northernmost, column 0 the westernmost;
/// readers bring south-up files into this order.
#pragma once

#include <cstdint>
#include <optional>

#include "geo/crs.hpp"
#include "geo/geometry.hpp"
#include "raster/window.hpp"

namespace vereda::raster {

struct Grid {
    geo::Crs crs = geo::Crs::wgs84();
    geo::Point origin;       ///< outer corner of the top-left cell, in `crs`
    double cell_width = 1;   ///< positive, coordinate units of `crs` (degrees for geographic ones)
    double cell_height = 1;  ///< positive; y falls as rows grow
    int width = 0;           ///< columns
    int height = 0;          ///< rows

    [[nodiscard]] std::int64_t cells() const { return std::int64_t{width} * height; }
    [[nodiscard]] Window whole() const { return {0, 0, width, height}; }
    [[nodiscard]] geo::Box extent() const;
    [[nodiscard]] geo::Box box(const Window& window) const;
    [[nodiscard]] geo::Box cell_box(int col, int row) const { return box({col, row, 1, 1}); }
    [[nodiscard]] geo::Point cell_centre(int col, int row) const {
        return {origin.x + (col + 0.5) * cell_width, origin.y - (row + 0.5) * cell_height};
    }
    /// The cell that holds the point (left and top edges belong to the cell), or nullopt outside the grid.
    [[nodiscard]] std::optional<Window> cell_at(geo::Point point) const;
    /// Smallest window that covers the box, cut to the grid; empty outside it.
    [[nodiscard]] Window window_of(const geo::Box& box) const;
    /// The grid of one window.
    [[nodiscard]] Grid cut(const Window& window) const;
    friend bool operator==(const Grid&, const Grid&) = default;
};

/// Throws Error(input) unless cell sizes are finite and positive, the origin is finite and there is at least one cell.
void require_valid(const Grid& grid);

/// How a coarser or equal grid sits over a finer one of the same CRS: fine cell (c, r) lies in coarse cell
/// ((c + col_offset) / factor_x, (r + row_offset) / factor_y), rounding down.
struct Nesting {
    int factor_x = 1;
    int factor_y = 1;
    std::int64_t col_offset = 0;
    std::int64_t row_offset = 0;
    friend constexpr bool operator==(const Nesting&, const Nesting&) = default;
};

/// nullopt unless the CRSs are the same, the coarse cell sizes are whole multiples of the fine ones and cell edges
/// coincide, all to within a thousandth of a fine cell over the whole extent.
[[nodiscard]] std::optional<Nesting> nesting(const Grid& fine, const Grid& coarse);

}  // namespace vereda::raster
