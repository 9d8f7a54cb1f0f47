/// Plots cut exactly at region borders and by kind of zone, and what families hold.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/parallel.hpp"
#include "regions/plot_error.hpp"
#include "regions/region_set.hpp"
#include "regions/sampled_ratio.hpp"
#include "regions/survey.hpp"
#include "regions/zone.hpp"

namespace vereda::regions {

/// One plot's part in one region and label of zones (regions/zone_split). The parts of a plot sum to its ellipsoidal
/// area within 1e-9. Where regions overlap, the ground belongs to the first of them by id.
struct PlotPartRow {
    std::string plot_id;
    int year = 0;
    Crop crop = Crop::coca;
    std::string region_id;  ///< empty: in no region
    std::string zones;
    geo::SquareMetres area;
    std::string household_id;  ///< personal
    PlotError error = {};      ///< of this part: its share of the plot's
};

/// By crop, year, plot, region, zones. Zones count as in force on 31 December of the survey's year.
[[nodiscard]] std::vector<PlotPartRow> plot_parts(const RegionSet& regions, std::span<const Zone> zones,
                                                  std::span<const Survey> surveys, geo::Parallelism parallelism,
                                                  geo::Progress* progress = nullptr);

/// What the tables that add parts up need besides, for their intervals.
struct PartIntervals {
    std::span<const Survey> surveys = {};  ///< whose extents tell whether land was left unobserved
    std::span<const SampledRatio> samples = {};
};

struct ZoneAreaRow {
    std::string region_id;
    int year = 0;
    Crop crop = Crop::coca;
    std::string zones;
    long plots = 0;
    geo::Hectares area;                                   ///< sum over plots: ground under two plots counts twice here
    std::optional<AreaInterval> interval = std::nullopt;  ///< nullopt where some plot has no error of its own
    std::optional<AreaInterval> sampled = std::nullopt;   ///< with a reference sample (regions/sampled_ratio)
    std::string note = {};                                ///< what the intervals leave out: regions/interval_note
};

/// By region, crop, year, zones.
[[nodiscard]] std::vector<ZoneAreaRow> areas_by_zone(std::span<const PlotPartRow> parts,
                                                     const PartIntervals& intervals = {});

/// A holding is all that one family grows of one crop in one survey, wherever it lies, or a single plot that names no
/// family. It counts in every region where it has ground, there with that ground.
struct HoldingRow {
    std::string region_id;
    int year = 0;
    Crop crop = Crop::coca;
    geo::Hectares from;               ///< above this size …
    std::optional<geo::Hectares> to;  ///< … up to this one; nullopt: no upper end
    long holdings = 0;
    long unnamed = 0;  ///< of them, single plots that name no family
    geo::Hectares area;
    double holdings_share = 0;  ///< of the region's holdings in that year
    double area_share = 0;
    std::optional<AreaInterval> interval = std::nullopt;  ///< of the area; as in ZoneAreaRow
    std::optional<AreaInterval> sampled = std::nullopt;
    std::string note = {};
};

/// (d) Upper ends of the classes: a cato of the Chapare and of the Yungas, and the sizes that Colombian bills named
/// rounded to whole steps.
inline const std::vector<double> default_holding_classes_ha{0.16, 0.25, 0.5, 1, 2, 4};

/// By region, crop, year, class; classes without a holding have rows where the region has any.
[[nodiscard]] std::vector<HoldingRow> holdings_by_size(std::span<const PlotPartRow> parts,
                                                       const std::vector<double>& classes_ha,
                                                       const PartIntervals& intervals = {});

}  // namespace vereda::regions
