/// Direct forest loss: forest that became crop. Each lost hectare of a region and year carries one mechanism, and the
/// mechanisms sum to the region's total loss of that year (methods §11).
///
/// direct_lag_L: lost cells of year y that crop first came to in a survey of year y+L, L = 0 … max_lag: the first
/// survey in which plots cover at least half of the cell (regions/crop_cells; plots too small for that count by their
/// part of the cell). The map tells of whole cells: one that a plot took to the middle is the plot's, else a part of
/// every edge would be told as something else's loss. Loss dated one year after crop was first seen on the ground
/// counts with lag 0: forest before, crop now, and loss maps date many patches a year early or late. not_crop:
/// everything else. Later analyses split not_crop further; the sum stays.
///
/// Crops of all kinds count together. Where tree cover is given, loss counts where it is known and at least the
/// minimum.
///
/// Unknown is not zero: direct_lag_L has a row only where some survey was made in year y+L, or loss was so labelled; a
/// region off the raster, years up to the base year and years after the last one found in the study area have no rows,
/// each with a diagnostic.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "geo/message.hpp"
#include "geo/parallel.hpp"
#include "raster/raster_source.hpp"
#include "regions/loss_table.hpp"
#include "regions/region_set.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

struct LossRow {
    std::string region_id;
    std::string region_name;
    int year = 0;
    std::string mechanism;  ///< "direct_lag_0", …, "not_crop"
    geo::Hectares area;
    std::optional<geo::Hectares> displaced_lo;  ///< empty until a displacement estimate exists
    std::optional<geo::Hectares> displaced_hi;
    std::optional<double> biomass_t_ha;  ///< dry above-ground biomass that stood on the year's lost cells
};

struct LossInputs {
    const raster::RasterSource* loss_year = nullptr;  ///< value v > 0: lost in year base + v
    int base_year = 2000;
    const raster::RasterSource* tree_cover = nullptr;  ///< percent; nullptr: every lost cell counts as forest
    double tree_cover_min = 30;
    int max_lag = 5;
};

/// Rows sorted by region, year, mechanism; years of the study only. Areas weigh coverage fraction by ellipsoidal cell
/// area.
[[nodiscard]] std::vector<LossRow> forest_loss(const RegionSet& regions, std::span<const Survey> surveys,
                                               const LossInputs& inputs, std::span<const int> years,
                                               geo::Parallelism parallelism, geo::Diagnostics& diagnostics,
                                               geo::Progress* progress = nullptr);

/// Which regions and years an account of loss tells of.
struct LossScope {
    const RegionSet* regions = nullptr;
    std::vector<bool> on_raster;  ///< by region
    std::vector<int> years;
    std::set<int> survey_years;
    geo::Locus raster;
};

/// Regions off the raster, wholly or in part, are warned of.
[[nodiscard]] LossScope loss_scope(const RegionSet& regions, std::span<const Survey> surveys, const LossInputs& inputs,
                                   std::span<const int> years, geo::Diagnostics& diagnostics);

/// The choices that the rows of one account rest on: place in the table's least covers, and the longest lag.
struct LossChoice {
    std::size_t cover = 0;
    int max_lag = 5;
};

/// forest_loss() from a table made before.
[[nodiscard]] std::vector<LossRow> direct_loss(const LossTable& table, const LossScope& scope, const LossChoice& choice,
                                               geo::Diagnostics& diagnostics);

}  // namespace vereda::regions
