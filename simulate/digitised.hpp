/// How an interpreter draws an outline: moved as a whole, and every vertex off on its own.
#pragma once

#include "geo/geometry.hpp"
#include "geo/quantity.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

/// `shift` (metres) plus errors whose standard deviation is `jitter` on each axis of a vertex: four fifths of it shared
/// by the whole outline, three fifths each vertex's own (0.8² + 0.6² = 1). A ring that is star-shaped about the mean of
/// its vertices stays so, and valid: large errors of close vertices are cut, which makes the errors of outlines under
/// 30 m smaller than stated where jitter is over 8 m. Whole centimetres.
[[nodiscard]] geo::Ring digitised(const geo::Ring& ring, geo::Metres jitter, geo::Point shift, Random& random);

}  // namespace vereda::simulate
