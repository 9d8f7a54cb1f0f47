/// Lines that came off a grid made to look drawn by hand.
#pragma once

#include "geo/geometry.hpp"

namespace vereda::simulate {

/// `rounds` of (1/4, 1/2, 1/4) averaging with both ends kept, then Douglas-Peucker with `tolerance` metres; coordinates
/// come out in whole decimetres (ends untouched).
[[nodiscard]] geo::LineString smoothed(geo::LineString line, int rounds, double tolerance);

}  // namespace vereda::simulate
