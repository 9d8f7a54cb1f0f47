/// The ground that plots cover, cut exactly at region borders.
///
/// A part's area is its planar share of its patch's ellipsoidal area, so that parts and what lies in no region sum to
/// the patch within 1e-9. Where regions overlap, ground under two of them is a part of each.
#pragma once

#include <cstddef>
#include <vector>

#include "regions/plot_ground.hpp"
#include "regions/region_set.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

/// A smaller part of a plot across a border, or of land beyond an edge, is rounding and not a part.
inline constexpr double rounding_share = 1e-9;

struct PlotShare {
    std::size_t plot = 0;  ///< position in the survey
    double share = 0;      ///< of the plot's own area
};

struct GroundPart {
    std::size_t region = 0;
    geo::MultiPolygon geometry;
    double planar_area = 0;
    double area_m2 = 0;            ///< ellipsoidal
    std::vector<PlotShare> plots;  ///< that reach into the region, ascending
};

struct SplitGround {
    std::vector<GroundPart> parts;  ///< ascending by region
    double outside_m2 = 0;          ///< in no region
};

[[nodiscard]] SplitGround split_at_regions(const Survey& survey, const GroundPatch& patch, const RegionSet& regions);

}  // namespace vereda::regions
