/// Randomisation test of the ring event study: were the removals somewhere else, or at another time, would the same
/// estimate come out as large?
///
/// Places: each removal is moved to a unit drawn from its candidates: units of its comparison area whose last crop
/// before it ranks next to its target's (targeting follows crop, so the placebos do too); hectares and years stay.
/// Times: the years of each area's removals are exchanged for other years in which something was removed, by a cyclic
/// shift. Where there are no more placements than `draws`, all are tried and p is exact: the share of placements, the
/// true one among them, at least as large as it. Else p = (1 + #{placebo >= estimate}) / (1 + draws).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/parallel.hpp"
#include "regions/ring_study.hpp"

namespace vereda::regions {

struct PlaceboOutcome {
    double p_value = 1;
    long draws = 0;
    bool exact = false;
    std::vector<double> estimates;  ///< in the order drawn
};

/// Candidate units per removal, ascending by unit, its own (first) target among them.
[[nodiscard]] std::vector<std::vector<std::size_t>> placement_candidates(const CropPanel& panel,
                                                                         std::span<const Removal> removals,
                                                                         std::span<const std::size_t> area_of_unit,
                                                                         int anticipation);

/// `estimate` is the coefficient of the true placement under the same design.
[[nodiscard]] PlaceboOutcome permuted_places(const RingDesign& design, const UnitIndex& index,
                                             std::span<const Removal> removals,
                                             std::span<const std::vector<std::size_t>> candidates, int draws,
                                             std::uint64_t seed, geo::Parallelism parallelism,
                                             geo::Progress* progress = nullptr);

[[nodiscard]] PlaceboOutcome permuted_times(const RingDesign& design, const UnitIndex& index,
                                            std::span<const std::size_t> area_of_unit,
                                            std::span<const Removal> removals, int draws, std::uint64_t seed,
                                            geo::Parallelism parallelism, geo::Progress* progress = nullptr);

}  // namespace vereda::regions
