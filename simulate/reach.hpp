/// Land by how easily it is reached: climbing is dear, so what belongs together ends at ridges.
#pragma once

#include <cstdint>

#include "geo/geometry.hpp"
#include "geo/quantity.hpp"
#include "simulate/surface.hpp"

namespace vereda::simulate {

/// Cost per metre of reaching each cell of `elevation`, between 0.4 and about 6, with some chance in it.
[[nodiscard]] Surface reach_friction(const Surface& elevation, std::uint64_t seed);

/// The land of about `area` that is reached most cheaply from `centre`: one polygon, cut off by the frame, in the style
/// of the veredas' borders.
[[nodiscard]] geo::MultiPolygon land_around(geo::Point centre, geo::SquareMetres area, const Surface& friction);

}  // namespace vereda::simulate
