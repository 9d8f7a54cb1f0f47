/// Many small plots followed through the years, with the surveys of them and the truth behind every outline: what plot
/// tracking, permanence and abandonment can be held against.
///
///     const TrackingLandscape tropico = tracking_landscape({}, 1);
///     tropico.seen.surveys[3].plots[17];             // an outline of the fourth survey …
///     tropico.seen.outlines[3].true_plot[17];        // … and whose it is
///
/// The same parameters and seed give the same landscape. Clouds, history, layout and images draw from streams of their
/// own: more clouds change neither the plots nor what happens to them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "geo/crs.hpp"
#include "simulate/plot_sightings.hpp"

namespace vereda::simulate {

enum class LinkKind { same, moved, returned, replanted, split, merged, relocated };
[[nodiscard]] std::string_view name_of(LinkKind kind);

/// Two outlines of one story: the later one shows the plot that the earlier one showed, or a child of it. Every outline
/// links to the latest earlier sighting of its plot; the first one of a plot with parents to the latest of each parent
/// (of the parents' parents, where a parent was never seen). `relocated` joins outlines that do not touch: it is true,
/// but no outline tells it. Poppy links join sightings of one field; the block is in the outline's true plot.
struct TrueLink {
    std::size_t from_survey = 0;  ///< position in PlotSightings::surveys
    std::size_t from_plot = 0;    ///< position in that survey's plots
    std::size_t to_survey = 0;
    std::size_t to_plot = 0;
    LinkKind kind = LinkKind::same;
};

struct TrackingLandscape {
    TrackingParameters parameters;
    std::uint64_t seed = 0;
    geo::Crs crs;
    PlotLayout layout;
    PlotHistory history;
    PlotSightings seen;
    std::vector<TrueLink> links;  ///< by to_survey, to_plot, from_survey, from_plot
};

/// Throws Error(usage, "simulate.parameter").
[[nodiscard]] TrackingLandscape tracking_landscape(const TrackingParameters& parameters, std::uint64_t seed);

}  // namespace vereda::simulate
