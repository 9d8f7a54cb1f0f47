/// From the regions of one time to those of another: which part of an old region lies in which new one.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/parallel.hpp"
#include "regions/region_set.hpp"

namespace vereda::regions {

struct CrosswalkRow {
    int until = 0;           ///< last year in which the old boundaries were in force
    std::string from_id;     ///< old
    std::string to_id;       ///< new; empty: in no new region
    geo::Hectares area;      ///< in both
    double area_weight = 0;  ///< of the old region's area; a region's weights sum to 1
    /// Of the households whose home lies in the old region; nullopt where none does.
    std::optional<double> household_weight;
};

/// `homes` in the regions' CRS; both sets must share it. By old and new id; overlaps under 1e-6 of both regions are
/// borders drawn twice and have no row: their share goes to the others in proportion.
[[nodiscard]] std::vector<CrosswalkRow> crosswalk(const RegionSet& old_regions, const RegionSet& new_regions,
                                                  std::span<const geo::Point> homes, int until,
                                                  geo::Parallelism parallelism);

enum class CrosswalkWeight { area, households };

/// A series' values by old region carried to the new ones; "" holds what lies in none. The sum stays. By households,
/// old regions without any home go by area.
[[nodiscard]] std::map<std::string, double> carried(const std::map<std::string, double>& by_old_region,
                                                    std::span<const CrosswalkRow> crosswalk, CrosswalkWeight weight);

}  // namespace vereda::regions
