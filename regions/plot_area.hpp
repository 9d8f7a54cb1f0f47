/// Crop area by region and year, with what was not observed kept apart from zero.
///
/// Plots that cross a border are split exactly there (parts sum to the plot within 1e-9). Areas are ellipsoidal.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/parallel.hpp"
#include "regions/region_set.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

struct PlotAreaRow {
    std::string region_id;
    std::string region_name;
    int year = 0;
    Crop crop = Crop::coca;
    /// Plots with at least a part in the region; nullopt where nothing of the region was observed.
    std::optional<long> plots;
    /// Area seen; nullopt where nothing of the region was observed: not observed is not zero.
    std::optional<geo::Hectares> area;
    /// 95 % interval. Below: measurement error of the outlines (methods §11). Above: the same, plus what the unobserved
    /// part may hold at the density of the region's densest observed year (the region's own record; marked (d)).
    std::optional<geo::Hectares> area_lo;
    std::optional<geo::Hectares> area_hi;
    double observed_share = 1;  ///< of the region's area; 1 when the survey gives no extent
    bool observed_assumed = false;  ///< the survey gave no extent
};

/// One row per region × survey, sorted by region, crop, year.
[[nodiscard]] std::vector<PlotAreaRow> plot_area(const RegionSet& regions, std::span<const Survey> surveys,
                                                 geo::Parallelism parallelism, geo::Progress* progress = nullptr);

}  // namespace vereda::regions
