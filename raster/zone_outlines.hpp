/// Zones brought into the rasters' CRS and cell coordinates. Internal to raster/.
#pragma once

#include <span>
#include <vector>

#include "raster/coverage.hpp"
#include "raster/zonal.hpp"

namespace vereda::raster::detail {

/// One outline per zone, in order. Edges are densified so that none departs from its true course by more than 1e-4
/// cells. Zones too far away for the rasters' projection are outside (empty bounds); Error(input, "crs.outside") names
/// the zone that meets the rasters and still has no image.
[[nodiscard]] std::vector<Outline> zone_outlines(std::span<const Zone> zones, const geo::Crs& zones_crs,
                                                 const Grid& grid, const ZonalOptions& options);

}  // namespace vereda::raster::detail
