/// The truth of a tracking landscape as tables, for checks only.
#pragma once

#include <vector>

#include "simulate/study_tables.hpp"
#include "simulate/tracking_landscape.hpp"

namespace vereda::simulate {

/// plots: true_plot, crop, block, descent, parents, first_year, last_year (of standing crop).
/// states: true_plot, year, state, event, operation, area_ha, observed_share, plot_id, why_missing; a row for each plot
/// and year from its first crop on.
/// outlines: year, crop, plot_id, true_plot (0: nothing grows there), block.
/// links: crop, from_year, from_plot_id, to_year, to_plot_id, kind, true_plot (of the later outline).
/// eradication: event_id, date, kind, first_year_without, plots_removed, removed_ha, true_plots.
/// Lists within a cell are parted by spaces.
[[nodiscard]] std::vector<NamedTable> tracking_truth_tables(const TrackingLandscape& landscape);

}  // namespace vereda::simulate
