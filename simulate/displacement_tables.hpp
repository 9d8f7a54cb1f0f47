/// A displacement study as tables: what a study would hold, and the truth.
#pragma once

#include <vector>

#include "simulate/displacement_study.hpp"
#include "simulate/study_tables.hpp"

namespace vereda::simulate {

/// cell_id, x, y, region_id, year, crop (coca), crop_ha (empty: not observed), forest_ha, price, access_min, protected,
/// indigenous, abroad (1 or 0). One row per cell and year, by cell, then year.
[[nodiscard]] geo::TextTable panel_table(const DisplacementStudy& study);

/// event_id, date, kind, x, y, area_ha, area_sd_ha, agency, verified, region_id.
[[nodiscard]] geo::TextTable reported_eradication_table(const DisplacementStudy& study);

/// events: what each removed and where its hectares went. cells: true crop with and without eradication, and what
/// arrived. loss: hectares of forest by region, year and mechanism, and how much of it displaced growers caused.
[[nodiscard]] std::vector<NamedTable> displacement_truth_tables(const DisplacementStudy& study);

}  // namespace vereda::simulate
