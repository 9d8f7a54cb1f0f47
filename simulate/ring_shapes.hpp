/// Plots cut, joined and moved: outlines as rings, clockwise, in whole centimetres.
#pragma once

#include "geo/geometry.hpp"

namespace vereda::simulate {

/// Middle of the envelope.
[[nodiscard]] geo::Point centre_of(const geo::Ring& ring);
/// Square metres.
[[nodiscard]] double area_of_ring(const geo::Ring& ring);
[[nodiscard]] geo::Ring moved(geo::Ring ring, double dx, double dy);
/// Convex hull of both (monotone chain: A. M. Andrew, Information Processing Letters 9, 1979).
[[nodiscard]] geo::Ring hull_of(const geo::Ring& a, const geo::Ring& b);
/// The largest piece of `ring` on the positive side of the line through `on` with unit normal `normal`; empty: none.
[[nodiscard]] geo::Ring cut(const geo::Ring& ring, geo::Point on, geo::Point normal);

}  // namespace vereda::simulate
