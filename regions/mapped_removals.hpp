/// Removals in the hectares that the surveys show as gone, beside those reported.
///
/// What appeared around a removal is counted as mapped, and surveys overlook plots; what was removed is counted by
/// those who removed it. A share of the one in the other errs by the part that surveys miss, and by what reports add.
/// Measured by the same surveys both cancel.
///
/// Mapped removal of an event of year t, over the units it hit: crop of the survey of t - 1 less that of t, what is
/// left taken back by the growth of the area in between: before - after · B/A, with B and A the crop before and after
/// of the area's units that no removal of the years t - lag … t + anticipation hit. Units that several events of one
/// year hit are shared out by the hectares reported.
#pragma once

#include <span>
#include <vector>

#include "regions/crop_panel.hpp"
#include "regions/removals.hpp"
#include "regions/ring_design.hpp"

namespace vereda::regions {

struct MappedRemovals {
    std::vector<double> hectares;  ///< per removal; may be negative by chance
    double per_reported = 1;       ///< mapped over reported hectares, of the removals that could be measured
    long measured = 0;             ///< removals with a reported area whose units were all seen in both years
};

/// Removals that could not be measured (no survey of t - 1 or t, a unit hidden by cloud) get `per_reported` times the
/// reported hectares; those without a report keep theirs, which are mapped ones already.
[[nodiscard]] MappedRemovals mapped_removals(const CropPanel& panel, std::span<const Removal> removals,
                                             const RingSettings& settings);

}  // namespace vereda::regions
