/// A displacement study as tables: what a study would hold, and the truth.
#pragma once

#include <vector>

#include "simulate/displacement_landscape.hpp"
#include "simulate/study_tables.hpp"

namespace vereda::simulate {

/// cell_id, x, y, region_id, year, crop (coca), crop_ha (empty: not observed), forest_ha, price, access_min, protected,
/// indigenous, abroad (1 or 0). One row per cell and year, by cell, then year.
[[nodiscard]] geo::TextTable panel_table(const DisplacementStudy& study);

/// event_id, date, kind, x, y, area_ha, area_sd_ha, agency, verified, region_id.
[[nodiscard]] geo::TextTable reported_eradication_table(const DisplacementStudy& study);

/// cause, mapped, share: what an assessment of the map of drivers by some 5,000 points, spread evenly over lost cells,
/// finds; cause `crop` for direct and associated loss.
[[nodiscard]] geo::TextTable driver_accuracy_table(const DisplacementLandscape& landscape);

/// events: what each removed and where its hectares went. cells: true crop with and without eradication, and what
/// arrived. loss: hectares of forest by region, year and mechanism, and how much of it displaced growers caused.
[[nodiscard]] std::vector<NamedTable> displacement_truth_tables(const DisplacementStudy& study);

/// The same for a landscape, as it lies on the ground. events; plots: true_plot, first_year, last_year, cleared_year
/// (0: before the first), area_ha, displaced_by, removed_by (event ids); outlines: year, plot_id, true_plot; loss:
/// region_id, year, mechanism, area_ha, displaced_ha, by the true year and mechanism of every raster cell.
[[nodiscard]] std::vector<NamedTable> displacement_truth_tables(const DisplacementLandscape& landscape);

}  // namespace vereda::simulate
