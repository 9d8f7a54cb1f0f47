/// Exact planar area of the ground that two polygons share, without building the intersection.
///
/// The indicator of a polygon is the signed sum over its edges of "below this edge" (upper edges +, lower edges −), so
/// the shared area is the signed sum over pairs of edges of ∫ min(y₁(x), y₂(x)) dx over the x they have in common: the
/// trapezoid form of the product of two indicators. Exact but for rounding (about 1e-12 of the smaller bounding box).
#pragma once

#include "geo/geometry.hpp"

namespace vereda::geo {

/// Squared units of the coordinates. Both must be valid with outer rings clockwise and inner ones counter-clockwise, as
/// repair() leaves them. `b` is taken as moved by `b_moved`. Time grows with the product of the edges that lie within
/// the common x range. Safe from many threads at once.
[[nodiscard]] double shared_area(const MultiPolygon& a, const MultiPolygon& b, Point b_moved = {0, 0});

}  // namespace vereda::geo
