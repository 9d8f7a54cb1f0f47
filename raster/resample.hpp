/// Brings a raster onto another grid, in any CRS.
///
/// nearest: value of the source cell that holds the target cell's centre. bilinear: the four cell centres around it,
/// weights renormalised over those with a value; none where the nearest has none. average and mode: exact shares of the
/// source cells under the target cell (its corners moved into the source's CRS, edges straight there); cells without a
/// value do not count. Target cells without any source value are invalid.
#pragma once

#include <cstdint>

#include "geo/parallel.hpp"
#include "raster/raster_source.hpp"

namespace vereda::raster {

enum class Resampling : std::uint8_t { nearest, bilinear, average, mode };

/// Values are scaled ones. Memory: the result and, per thread, the source cells under 64 rows of it. Throws
/// Error(input, "crs.outside") where a target cell has no place in the source's CRS.
[[nodiscard]] Raster<double> resample(const RasterSource& source, const Grid& grid, Resampling how,
                                      geo::Parallelism parallelism = {});

}  // namespace vereda::raster
