/// Crop areas of units by year, from what was drawn to what stood at the census cut-off, one adjustment after another.
///
/// raw: the ground under plots, cut exactly at borders (regions/ground_split). Date: each part by the age of its image
/// and its region's yearly growth since the census before, measured on ground that both saw. Gap: crop of the last
/// survey that saw the ground, carried over unobserved land by the same region's change on ground that both surveys
/// saw, survey by survey. Control: ground of events between image and cut-off × effectiveness, on drawn and on carried
/// crop; ground under several events counts once, at the most effective. Where a region has no rate of its own its
/// parent's is taken, then the whole study's; the note says so.
///
/// Interval of the final area, 95 %: the plots' own errors (independent) and the offset that a survey's plots share,
/// both scaled by the adjustments; its lower end takes carried crop as gone, its upper end lets the unobserved land
/// hold the density of the region's densest observed year where that is more. Errors of the rates and of effectiveness
/// are not in it, and the note says so.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/parallel.hpp"
#include "regions/adjustment.hpp"
#include "regions/area_units.hpp"
#include "regions/region_set.hpp"
#include "regions/sampled_ratio.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

struct AdjustmentOptions {
    std::chrono::month_day cutoff{std::chrono::December / 31};
    std::optional<double> growth_rate = std::nullopt;  ///< yearly, for all regions; unset: each region's own
    Effectiveness effectiveness = {};
    std::vector<SampledRatio> samples = {};
};

struct AdjustedAreaRow {
    AreaUnit unit;
    int year = 0;
    Crop crop = Crop::coca;
    std::optional<long> plots;  ///< nullopt, as the raw area, where nothing of the unit was observed
    std::optional<geo::Hectares> raw;
    std::optional<geo::Hectares> date_adjusted;
    std::optional<geo::Hectares> gap_adjusted;  ///< of a unit not observed: what is carried, where anything is
    std::optional<geo::Hectares> control_adjusted;
    std::optional<geo::Hectares> final_area;
    std::optional<geo::Hectares> final_lo;  ///< nullopt where a plot has no error of its own
    std::optional<geo::Hectares> final_hi;
    double observed_share = 1;
    std::optional<double> growth_rate;  ///< of a region: the one used
    std::optional<double> gap_ratio;    ///< of a region: change since the survey before on ground that both saw
    AdjustmentLedger ledger;
    geo::Hectares undated;  ///< of the raw area
    std::optional<geo::Hectares> own_sd;
    geo::Hectares shared_sd;
    /// final × the sample's ratio, with the interval of both; nullopt without a sample of that year and crop.
    std::optional<geo::Hectares> sampled;
    std::optional<geo::Hectares> sampled_lo;
    std::optional<geo::Hectares> sampled_hi;
    std::string note;  ///< regions/interval_note
};

/// By unit (regions by id, then parents, then the whole), crop, year.
[[nodiscard]] std::vector<AdjustedAreaRow> adjusted_areas(const RegionSet& regions, std::span<const Survey> surveys,
                                                          std::span<const EradicationEvent> events,
                                                          const AdjustmentOptions& options,
                                                          geo::Parallelism parallelism,
                                                          geo::Progress* progress = nullptr);

}  // namespace vereda::regions
