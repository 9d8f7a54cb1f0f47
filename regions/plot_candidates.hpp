/// The outlines of a new survey in reach of each known plot.
#pragma once

#include <span>
#include <vector>

#include "geo/geometry.hpp"
#include "geo/parallel.hpp"
#include "regions/link_model.hpp"
#include "regions/plot_shape.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

/// A known plot as it is looked for.
struct SoughtPlot {
    const geo::MultiPolygon* outline = nullptr;  ///< as last seen
    PlotShape shape;                             ///< of it
    geo::Point moved{0, 0};                      ///< what its coordinates need to lie in the new survey's
    geo::Point expected{0, 0};                   ///< its centre in the new survey's coordinates, of all sightings
    double reach = 0;                            ///< metres around its box
};

/// Pairs whose boxes come within reach, with the ground they share; by known plot, then outline.
[[nodiscard]] std::vector<PlotPair> plot_candidates(std::span<const SoughtPlot> known, std::span<const Plot> plots,
                                                    std::span<const PlotShape> shapes, geo::Parallelism parallelism,
                                                    geo::Progress* progress);

}  // namespace vereda::regions
