/// What the surveys see of plots whose identities are known: clouds hide or cut, outlines shift, some plots are
/// overlooked, a few are drawn where nothing grows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "regions/survey.hpp"
#include "simulate/plot_history.hpp"

namespace vereda::simulate {

/// Who is behind the outlines of one survey.
struct OutlineTruth {
    std::vector<int> true_plot;  ///< of each of the survey's plots, in their order; 0: nothing grows there
};

/// One true plot in one survey year.
struct PlotSighting {
    int true_plot = 0;
    int year = 0;
    double observed_share = 1;  ///< of its outline (or of its ground, where nothing stands) that the images show
    std::string plot_id;        ///< of the outline; empty: none was drawn
    std::string why_missing;    ///< of a plot that lives but was not drawn: cloud, missed, pruned; else empty
};

struct PlotSightings {
    /// By year, coca before poppy; in the landscape's CRS, with observed extents. Plot ids are new every year and say
    /// nothing of a plot's past. Empty poppy surveys are left out.
    std::vector<regions::Survey> surveys;
    std::vector<OutlineTruth> outlines;   ///< of each survey
    std::vector<PlotSighting> sightings;  ///< of every plot in every year, by year, then plot
};

[[nodiscard]] PlotSightings plot_sightings(const TrackingParameters& parameters, const PlotLayout& layout,
                                           const PlotHistory& history, std::uint64_t seed);

}  // namespace vereda::simulate
