/// Ground area of cells on the ellipsoid.
///
/// Geographic grids: exact, by the area between two parallels (J. P. Snyder, Map Projections: A Working Manual, USGS PP
/// 1395, 1987, eq. 3-12), the same for every cell of a row; the parts of cells beyond the poles have none. Equal-area
/// projections: one area for all cells. Other projections: the areal scale, measured by mapping small quadrangles onto
/// an equal-area plane of the same ellipsoid, interpolated biquadratically over patches of at most 10 km; relative
/// error below 1e-8, so EPSG:3857 gives true hectares.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "geo/crs.hpp"
#include "raster/grid.hpp"

namespace vereda::raster {

/// For one thread; make one per thread (they give the same numbers).
class CellArea {
  public:
    explicit CellArea(const Grid& grid);

    /// Whether all cells of a row have the same area.
    [[nodiscard]] bool same_along_rows() const { return !transform_.has_value(); }
    /// Square metres; only where same_along_rows().
    [[nodiscard]] double row_area(int row);

    /// Square metres of each cell of the window's row, for any grid. `window` is the tile being worked on: the
    /// interpolation is set up once for it and kept until another window comes. The pointer is good until the next call
    /// with another window.
    [[nodiscard]] const double* row_areas(const Window& window, int row);
    /// Square metres of one cell, measured by itself.
    [[nodiscard]] double cell_area(int col, int row) const;

  private:
    [[nodiscard]] double density(double col, double row) const;
    [[nodiscard]] bool equal_area() const;
    void begin_window(const Window& window);
    void fill_row(int row, double* out);
    [[nodiscard]] double computed_row_area(int row) const;

    Grid grid_;
    std::optional<geo::CrsTransform> transform_;  ///< to an equal-area plane, for all others
    Window window_;
    int patch_ = 0;              ///< cells along a patch's side
    std::vector<double> nodes_;  ///< areas at the patches' corners, mid-edges and centres
    std::vector<double> areas_;
    std::vector<double> row_area_;  ///< computed when first asked for; NaN before
    std::vector<char> filled_;
};

}  // namespace vereda::raster
