/// Crop area by region and year, with what was not observed kept apart from zero.
///
/// Plots that cross a border are split exactly there; a part's area is its planar share of the plot's ellipsoidal area,
/// so parts sum to the plot within 1e-9. Ground under several plots of one survey counts once. A plot proves that its
/// ground was seen: plots outside the survey's extent count as observed land, with a warning.
///
/// Interval (methods §11): each plot's own error (regions/plot_error) is independent of the others', so variances add;
/// a part takes its share of the plot's SD. An offset that all plots of a survey share, where the survey states one,
/// adds up over plots first and counts as one more independent part. What the interval leaves out stands in the note.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/parallel.hpp"
#include "regions/region_set.hpp"
#include "regions/sampled_ratio.hpp"
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
    /// 95 % interval. Below: measurement error of the outlines. Above: the same, plus what the unobserved part may hold
    /// at the density of the region's densest observed year of that crop, at most all of it (the region's own record;
    /// (d)). Both nullopt with `area`, and where a plot in the region has no position error: an unknown error is not
    /// none.
    std::optional<geo::Hectares> area_lo;
    std::optional<geo::Hectares> area_hi;
    double observed_share = 1;      ///< of the region's area; 1 when the survey gives no extent
    bool observed_assumed = false;  ///< the survey gave no extent
    std::string note = {};          ///< what the interval leaves out: regions/interval_note
    /// area × the sample's ratio, with the errors of both; nullopt without a sample of that survey, and as area_lo.
    std::optional<AreaInterval> sampled = std::nullopt;
};

/// One row per region × survey, sorted by region, crop, year. Area of plots that lies in no region is warned of.
[[nodiscard]] std::vector<PlotAreaRow> plot_area(const RegionSet& regions, std::span<const Survey> surveys,
                                                 geo::Parallelism parallelism, geo::Diagnostics& diagnostics,
                                                 geo::Progress* progress = nullptr,
                                                 std::span<const SampledRatio> samples = {});

}  // namespace vereda::regions
