/// Reads what a study says about the land beside its plots: regions, zones, events; all moved into the analysis CRS.
#pragma once

#include <vector>

#include "app/study.hpp"
#include "geo/diagnostic.hpp"
#include "geo/parallel.hpp"
#include "regions/eradication.hpp"
#include "regions/region_set.hpp"
#include "regions/zone.hpp"

namespace vereda::app {

/// In the study's CRS, or, where that is "auto", in the equal-area CRS centred on the regions. Features without
/// geometry, or with a geometry of another kind than polygons, are left out with a diagnostic. A study without a layer
/// of regions (surveys named on the command line) gets one region "all", the box of everything that its surveys hold.
[[nodiscard]] regions::RegionSet read_regions(const Study& study, geo::Parallelism parallelism,
                                              geo::Diagnostics& diagnostics);

/// Regions as they were in other years.
[[nodiscard]] regions::RegionSet read_boundaries(const StudySource& layer, const geo::Crs& analysis,
                                                 geo::Diagnostics& diagnostics);

[[nodiscard]] std::vector<regions::Zone> read_zones(const StudyZones& zones, const geo::Crs& analysis,
                                                    geo::Diagnostics& diagnostics);

/// Events without a region_id get the region that holds their place (of polygons an inner point, of lines the middle
/// vertex).
[[nodiscard]] std::vector<regions::EradicationEvent> read_eradication(const StudySource& source,
                                                                      const regions::RegionSet& regions,
                                                                      geo::Diagnostics& diagnostics);

}  // namespace vereda::app
