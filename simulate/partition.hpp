/// Labelled cells to polygons that tile the extent: every border between two labels is smoothed once and used by both
/// sides, so neighbours share their points exactly and no sliver lies between them.
#pragma once

#include <vector>

#include "geo/geometry.hpp"
#include "simulate/surface.hpp"

namespace vereda::simulate {

/// One polygon per label 0 … count-1, in that order; each label's cells must hold together by edges. Outer rings run
/// clockwise. Borders on the extent stay straight.
[[nodiscard]] std::vector<geo::MultiPolygon> partition(const Frame& frame, const std::vector<int>& labels, int count);

}  // namespace vereda::simulate
