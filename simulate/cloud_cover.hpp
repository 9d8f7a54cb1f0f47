/// Clouds as an image shows them: clumps of a few kilometres, hiding a given share of the land.
#pragma once

#include "geo/geometry.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

/// Clouds cut to `extent` (metres). The hidden share is within half a percent of `share`, up to 0.9; 0 gives none.
/// Outlines hold areas of 1 to 20 km², lognormal.
[[nodiscard]] geo::MultiPolygon cloud_cover(const geo::Box& extent, double share, Random& random);

}  // namespace vereda::simulate
