/// Lengths of cell edges on the ground.
///
/// Geographic grids: arcs of the parallel, N cos φ Δλ, and of the meridian, M Δφ with M at the edge's middle (J. P.
/// Snyder, Map Projections: A Working Manual, USGS PP 1395, 1987, eq. 4-18 to 4-21). Projected grids: lengths in the
/// plane, in metres.
#pragma once

#include <vector>

#include "geo/quantity.hpp"
#include "raster/grid.hpp"

namespace vereda::raster {

class EdgeLength {
  public:
    explicit EdgeLength(const Grid& grid);
    /// Along the line above row `line`, 0 … height, over that many columns.
    [[nodiscard]] geo::Metres along_row(int line, int columns) const {
        return geo::Metres(east_[static_cast<std::size_t>(line)] * columns);
    }
    /// Along a column's side from line `from` to line `to`.
    [[nodiscard]] geo::Metres along_column(int from, int to) const {
        const double length = north_[static_cast<std::size_t>(to)] - north_[static_cast<std::size_t>(from)];
        return geo::Metres(length < 0 ? -length : length);
    }

  private:
    std::vector<double> east_;   ///< of one cell's edge, per line
    std::vector<double> north_;  ///< from line 0 to this line
};

}  // namespace vereda::raster
