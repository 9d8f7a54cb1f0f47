/// Ground distances of moves between the centres of near cells.
#pragma once

#include <cstddef>
#include <vector>

#include "raster/grid.hpp"

namespace vereda::raster {

/// Metres, by row: geodesic where rows are parallels (geographic grids, cylindrical projections such as EPSG:3857),
/// else those of the projection's own plane. For moves of at most two columns and two rows.
class MoveLengths {
  public:
    explicit MoveLengths(const Grid& grid);
    /// Between (0, row) and (cols, row + rows): (1,0), (0,1), (1,1), (1,2) or (2,1), row + rows inside the grid.
    [[nodiscard]] double between(int row, int cols, int rows) const;
    /// Whether all rows have the same lengths.
    [[nodiscard]] bool uniform() const { return metres_.size() == kinds; }
    /// Largest relative departure of plane from geodesic distances at 25 places of the grid; 0 where geodesics are
    /// taken.
    [[nodiscard]] double distortion() const { return distortion_; }

  private:
    static constexpr std::size_t kinds = 5;
    std::vector<double> metres_;  ///< by row, or once
    double distortion_ = 0;
};

}  // namespace vereda::raster
