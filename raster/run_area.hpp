/// Ground area of runs of cells on the ellipsoid, without visiting every cell.
///
/// Where all cells of a row have one area (geographic and equal-area grids): that area times the length. Elsewhere the
/// areal scale, which changes smoothly, is measured by CellArea at 5 × 5 cells near the Chebyshev points of tiles of
/// about 130 km (never less than 16 cells), interpolated, and summed along a run of n cells by the two-point formula
/// that is exact for cubics, at √((n² − 1)/12) cells from the middle (the discrete form of Gauss-Legendre quadrature;
/// G. Dahlquist & Å. Björck, Numerical Methods in Scientific Computing I, SIAM 2008, §4.2 and §5.3); relative error
/// below 1e-8 for cells up to 10 km. The result depends on row and columns alone, never on blocks or on what was asked
/// before.
#pragma once

#include <array>
#include <exception>
#include <memory>
#include <vector>

#include "raster/grid.hpp"

namespace vereda::raster {

class CellArea;

/// For one thread; a copy is cheap and shares the measurements.
class RunArea {
  public:
    /// Measures the whole grid. Parts of it that have no place on the ground throw only when they are asked for.
    explicit RunArea(const Grid& grid);
    /// Square metres of the cells [col_begin, col_end) of a row. Throws Error(input, "crs.outside").
    [[nodiscard]] double area(int row, int col_begin, int col_end) {
        if (!measured_->row_areas.empty()) {
            return measured_->row_areas[static_cast<std::size_t>(row)] * (col_end - col_begin);
        }
        return summed_area(row, col_begin, col_end);
    }

  private:
    static constexpr std::size_t nodes = 5;
    using Polynomial = std::array<double, nodes>;
    struct Tile {
        std::array<Polynomial, nodes> along{};  ///< per node row: coefficients along the columns
        std::exception_ptr outside;             ///< why there are none
    };
    struct Measured {
        std::vector<double> row_areas;          ///< of one cell, where all of a row are the same; else empty
        int side = 16;                          ///< cells along a tile's side
        int across = 1;                         ///< tiles in a row of tiles
        std::array<Polynomial, nodes> basis{};  ///< Lagrange's polynomials of the nodes, by rising powers
        std::vector<Tile> tiles;
    };
    struct CurrentRow {
        int row = -1;
        Polynomial along{};
    };
    static void measure_tiles(const Grid& grid, const CellArea& cells, Measured& measured);
    [[nodiscard]] double summed_area(int row, int col_begin, int col_end);
    [[nodiscard]] const Polynomial& along_row(int tile_col, int row);

    std::shared_ptr<const Measured> measured_;
    std::vector<CurrentRow> current_;  ///< per column of tiles
};

}  // namespace vereda::raster
