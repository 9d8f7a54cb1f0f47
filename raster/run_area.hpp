/// Ground area of runs of cells on the ellipsoid, without visiting every cell.
///
/// Where all cells of a row have one area (geographic and equal-area grids): that area times the length. Elsewhere the
/// areal scale, which changes smoothly, is measured by CellArea at 5 × 5 cells near the Chebyshev points of tiles of at
/// most 130 km, interpolated, and summed along a run by two-point Gauss-Legendre quadrature (G. Dahlquist & Å. Björck,
/// Numerical Methods in Scientific Computing I, SIAM 2008, §4.2 and §5.3); relative error below 1e-8. The result
/// depends on row and columns alone, never on blocks or on what was asked before.
#pragma once

#include <array>
#include <vector>

#include "raster/cell_area.hpp"
#include "raster/grid.hpp"

namespace vereda::raster {

/// For one thread; make one per thread (they give the same numbers).
class RunArea {
  public:
    explicit RunArea(const Grid& grid);
    /// Square metres of the cells [col_begin, col_end) of a row.
    [[nodiscard]] double area(int row, int col_begin, int col_end);

  private:
    static constexpr std::size_t nodes = 5;
    using Polynomial = std::array<double, nodes>;
    struct Tile {
        std::array<Polynomial, nodes> along;  ///< per node row: coefficients along the columns
        bool known = false;
        int row = -1;          ///< the row that `current` is of
        Polynomial current{};  ///< coefficients along the columns of that row
    };
    void measure(Tile& tile, int tile_col, int tile_row) const;
    [[nodiscard]] const Polynomial& along_row(int tile_col, int row);

    Grid grid_;
    CellArea cell_area_;
    bool same_along_rows_;
    int side_ = 1;                           ///< cells along a tile's side
    int across_ = 1;                         ///< tiles in a row of tiles
    std::array<int, nodes> node_cells_{};    ///< cells, counted from the tile's corner
    std::array<Polynomial, nodes> basis_{};  ///< Lagrange's polynomials of the nodes, by rising powers
    std::vector<Tile> tiles_;
};

}  // namespace vereda::raster
