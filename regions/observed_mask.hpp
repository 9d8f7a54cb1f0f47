/// The land that a mask raster says was seen.
///
/// A cell without a value was not seen. The outline is that of the cells, with no smoothing. Only cells within the
/// regions' extent are read, and land outside the raster was not seen. Memory grows with the length of the outline, not
/// with the raster.
#pragma once

#include <vector>

#include "geo/geometry.hpp"
#include "raster/raster_source.hpp"
#include "regions/region_set.hpp"

namespace vereda::regions {

/// Which values of a mask mean "seen".
struct SeenValues {
    std::vector<long long> values = {};  ///< empty: every value, but 0 …
    bool zero_too = false;  ///< … unless this is set: of a classified raster, 0 is a class like any other
};

/// In the regions' CRS. Throws Error(input, "observed.no_overlap") for a mask that lies elsewhere.
[[nodiscard]] geo::MultiPolygon observed_mask(const raster::RasterSource& mask, const SeenValues& seen,
                                              const RegionSet& regions);

}  // namespace vereda::regions
