/// The crop of a displacement study's cells as plots on the ground: each with its years, its end, and whether displaced
/// growers planted it.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/geometry.hpp"
#include "simulate/displacement_study.hpp"

namespace vereda::simulate {

struct FrontierPlot {
    int id = 0;  ///< position plus 1
    std::size_t cell = 0;
    geo::Ring outline;      ///< true, study CRS
    int first = 0;          ///< year index in which it first stands on 31 December
    int last = 0;           ///< year index in which it last stands
    int cleared = 0;        ///< year index in which its land was cleared; -1: before the first year
    int displaced_by = -1;  ///< event whose growers planted it; -1: nobody's
    int removed_by = -1;    ///< event that removed it in the year after `last`; -1: none
};

struct FrontierPlots {
    std::vector<FrontierPlot> plots;
    std::vector<geo::Ring> footprints;  ///< of each event: holds the plots it removed; empty where it removed none
    std::vector<double> removed;        ///< hectares of the plots each event removed
};

/// Cells hold plots whose areas sum to the cell's crop, to within half a plot. An event takes the plots nearest to its
/// place; arrivals become plots of their own, marked with the event. Plots never overlap.
[[nodiscard]] FrontierPlots frontier_plots(const DisplacementStudy& study);

/// Where a displaced plot lies as seen from the event that its growers left.
[[nodiscard]] Destination destination_of(const DisplacementStudy& study, const FrontierPlot& plot);

/// The estimand measured on the plots: removed, and standing two years after within the belt (by the plot's own
/// distance from the event's place), beyond it and abroad.
[[nodiscard]] DisplacementTruth truth_on_the_ground(const DisplacementStudy& study, const FrontierPlots& ground);

}  // namespace vereda::simulate
