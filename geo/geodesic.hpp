/// Areas, lengths and distances on the ellipsoid, by Karney's method (C. F. F. Karney, "Algorithms for geodesics",
/// J. Geodesy 87, 43-55, 2013, doi:10.1007/s00190-012-0578-z), through PROJ's geodesic routines.
///
/// Error: distances 15 nm; areas of rings whose edges are geodesics 0.1 m² per vertex in the worst case (whole
/// hemispheres), about 1e-3 m² per vertex for plots, which is the rounding of c² times an angle. Boost.Geometry's
/// geographic area must never be used here: in 1.74 it is off by up to 299 % on plots of 20 m.
#pragma once

#include "geo/crs.hpp"
#include "geo/geometry.hpp"
#include "geo/quantity.hpp"

namespace vereda::geo {

class Geodesic {
  public:
    explicit Geodesic(const Ellipsoid& ellipsoid);

    /// Points are longitude, latitude in degrees. Edges are geodesics; orientation does not matter; rings that cross
    /// the antimeridian or hold a pole are handled. Unsigned.
    [[nodiscard]] SquareMetres area(const Ring& ring) const;
    [[nodiscard]] SquareMetres area(const MultiPolygon& polygons) const;
    [[nodiscard]] Metres perimeter(const Ring& ring) const;
    [[nodiscard]] Metres length(const LineString& line) const;
    [[nodiscard]] Metres distance(Point a, Point b) const;

  private:
    double semi_major_;
    double flattening_;
};

/// Ellipsoidal area of polygons whose edges are straight in `crs`, geographic or projected: edges are densified until
/// the area is stable to `relative_tolerance`, then measured on the CRS's own ellipsoid by authalic latitudes (rings
/// around a pole: as geodesics). Rounding is about 1e-7 m² for plots. The same limit as Geodesic::area of ever denser
/// rings.
[[nodiscard]] SquareMetres ellipsoidal_area(const MultiPolygon& polygons, const Crs& crs,
                                            double relative_tolerance = 1e-9);

}  // namespace vereda::geo
