/// What tells one plot from another beside where it lies: size and form, by the moments of its outline.
#pragma once

#include "geo/geometry.hpp"

namespace vereda::regions {

struct PlotShape {
    geo::Point centre;    ///< centroid, analysis CRS
    double area = 0;      ///< planar, square metres
    double stretch = 0;   ///< (Ixx − Iyy) / area²: elongation along the axes; 0 for a square, scale-free
    double diagonal = 0;  ///< 2·Ixy / area²: elongation along the diagonals
    /// Variance of the centre, an axis, over that of each vertex where vertices err on their own: 1/3 for a triangle,
    /// less the more vertices there are.
    double centre_response = 0;
    geo::Box box;
};

/// Second moments and the centre's response (first order) of a polygon about its centroid by Green's theorem over its
/// edges. Outlines valid, with area.
[[nodiscard]] PlotShape shape_of(const geo::MultiPolygon& outline);

}  // namespace vereda::regions
