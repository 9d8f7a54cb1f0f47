/// A quick proof that a ring is simple: what most outlines need instead of a full check of validity.
#pragma once

#include "geo/geometry.hpp"

namespace vereda::geo {

/// True only where the closed ring surely neither crosses nor touches itself: edges that do not follow each other have
/// no point in common, those that do only their shared end, and no edge is a point. False proves nothing: the ring may
/// be simple all the same, and is then to be asked of GEOS. Coordinates are finite. Signs of cross products are taken
/// only where they exceed their rounding error (J. R. Shewchuk, "Adaptive precision floating-point arithmetic and fast
/// robust geometric predicates", Discrete Comput. Geom. 18, 305-363, 1997, bound A of orient2d). Linear in the number
/// of points for rings that are star-shaped about the mean of their points and for those whose edges are of like
/// length.
[[nodiscard]] bool surely_simple(const Ring& ring);

}  // namespace vereda::geo
