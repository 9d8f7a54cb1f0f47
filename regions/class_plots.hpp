/// Plots out of a classified raster: connected patches of the crop's class.
///
/// A patch's outline is the union of its cells, so its area is the cells' ground area and no smoothing is applied.
/// Patches come by their first cell, row by row from the top left of the raster, and get the ids "c<row>_<column>" of
/// that cell, which do not depend on what lies elsewhere. Cells without a value are not the crop. The outline's
/// accuracy is that of the pixels: measured_by is medium_resolution, and the position error is half a cell's side over
/// √3 (a uniform error within the cell), unless the survey states one. The error of its area is that of mixed cells
/// along its boundary (raster/patches).
#pragma once

#include <vector>

#include "geo/diagnostic.hpp"
#include "geo/quantity.hpp"
#include "raster/raster_source.hpp"
#include "regions/region_set.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

struct ClassPatches {
    long long crop_class = 0;
    geo::Hectares min_area{0};  ///< smaller patches are left out, with one note that counts them
    int connectivity = 8;       ///< 4: cells join at sides only; 8: at corners too
};

/// Outlines in the regions' CRS. Only cells within the regions' extent are read; patches that go on outside are cut
/// there. Memory: the plots' outlines. Throws Error(input, "classes.no_overlap").
[[nodiscard]] std::vector<Plot> class_plots(const raster::RasterSource& classes, const ClassPatches& patches,
                                            const RegionSet& regions, geo::Diagnostics& diagnostics);

}  // namespace vereda::regions
