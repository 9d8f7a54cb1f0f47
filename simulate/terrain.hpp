/// Elevation with real valleys: uplift along a mountain front, cut by rivers.
///
/// Stream power incision solved implicitly (Braun and Willett, Geomorphology 180-181, 2013, eq. 22, slope exponent 1)
/// on cells three times the study's, then refined and roughened.
#pragma once

#include <cstdint>

#include "simulate/landscape_parameters.hpp"
#include "simulate/surface.hpp"

namespace vereda::simulate {

/// Metres above sea level; mountains in the west, a plain in the east. The frame's columns and rows are multiples of 3.
[[nodiscard]] Surface terrain(const TerrainParameters& parameters, const Frame& frame, std::uint64_t seed);

}  // namespace vereda::simulate
