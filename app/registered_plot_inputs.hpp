/// Reads the plots of a small-plot register.
#pragma once

#include <optional>
#include <vector>

#include "app/study.hpp"
#include "geo/diagnostic.hpp"
#include "livelihoods/registered_plot.hpp"

namespace vereda::app {

/// Plots of any year, sorted by year and id; ids are unique within a year. `position_error` is that of plots that state
/// none, `analysis` an equal-area CRS.
[[nodiscard]] std::vector<livelihoods::RegisteredPlot> read_registered_plots(const StudySource& source,
                                                                             const geo::Crs& analysis,
                                                                             std::optional<geo::Metres> position_error,
                                                                             geo::Diagnostics& diagnostics);

}  // namespace vereda::app
