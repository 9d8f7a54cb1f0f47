/// How much of a region is indigenous or collective land: where prior consultation is asked (ILO Convention 169).
#pragma once

#include <span>
#include <vector>

#include "livelihoods/readiness.hpp"
#include "regions/region_set.hpp"
#include "regions/zone.hpp"

namespace vereda::livelihoods {

/// Adds the measure "ethnic_land_share", the share of the region's area (analysis CRS, equal-area) inside indigenous or
/// collective zones in force on the day, to every region that nobody stated it for. Slivers under one in a million of
/// the region count as none. Without any zone in the study nothing is known and nothing is added.
void add_ethnic_land(std::vector<RegionFacts>& facts, const regions::RegionSet& regions,
                     std::span<const regions::Zone> zones, geo::Date as_of);

}  // namespace vereda::livelihoods
