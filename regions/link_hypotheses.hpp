/// What may explain a survey's outlines: pairs, splits and mergers, weighed by a link model.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "optimise/association.hpp"
#include "regions/link_model.hpp"
#include "regions/plot_candidates.hpp"

namespace vereda::regions {

/// Rows are known plots, columns outlines. Pairs that are hopeless (weight below −3.5) are left out. A known plot may
/// have split into two to four outlines that lie in it by at least half of their area; two to four known plots may have
/// merged into an outline by the same rule.
struct LinkHypotheses {
    optimise::AssociationProblem problem;
    std::vector<std::uint32_t> pair_of;  ///< by hypothesis: of the pairs; none (no_plot) for groups
};

[[nodiscard]] LinkHypotheses link_hypotheses(const LinkModel& model, std::span<const PlotPair> pairs,
                                             std::span<const SoughtPlot> known, std::span<const PlotShape> seen,
                                             geo::Parallelism parallelism = {});

}  // namespace vereda::regions
