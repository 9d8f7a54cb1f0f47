/// Ground that surveys saw under crop, cut by region. Crops of all kinds count together; nothing is told of ground that
/// no survey observed.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "geo/parallel.hpp"
#include "regions/region_set.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

/// Ground of one region on which the study's first crop was seen in `year`.
struct FirstCrop {
    std::size_t region = 0;
    int year = 0;
    geo::MultiPolygon ground;
};

/// In the order of regions and years; the pieces of a region do not overlap. The surveys are in the CRS of the regions.
[[nodiscard]] std::vector<FirstCrop> first_crops(const RegionSet& regions, std::span<const Survey> surveys,
                                                 geo::Parallelism parallelism);

}  // namespace vereda::regions
