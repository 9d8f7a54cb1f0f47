/// What happens to plots year by year: every change is known, none is seen yet.
#pragma once

#include <cstdint>
#include <vector>

#include "regions/eradication.hpp"
#include "simulate/plot_layout.hpp"
#include "simulate/tracked_plot.hpp"

namespace vereda::simulate {

/// An operation as reported. Operations of January to May show in the survey of their own year (images are taken from
/// July to September), those of October and November in the next one.
struct PlotOperation {
    regions::EradicationEvent event;
    std::vector<int> removed_plots;  ///< true ids; empty for pruned_or_renewed
    int first_year_without = 0;      ///< survey year in which the crop is gone
};

struct PlotHistory {
    std::vector<TrackedPlot> plots;         ///< by id; coca, then poppy fields, then what came later
    std::vector<PlotOperation> operations;  ///< by id, which is by date
};

[[nodiscard]] PlotHistory plot_history(const TrackingParameters& parameters, const PlotLayout& layout,
                                       std::uint64_t seed);

}  // namespace vereda::simulate
