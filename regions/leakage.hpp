/// Leakage and the weighted displacement quotient of belts around removals, from sums of crop before and after.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "regions/crop_panel.hpp"
#include "regions/removals.hpp"
#include "regions/ring_design.hpp"
#include "regions/unit_index.hpp"
#include "regions/wild_bootstrap.hpp"

namespace vereda::regions {

/// Crop before and after in targets (A), belt (B) and control (C), with their numbers of units.
struct BeforeAfter {
    double a0 = 0, a1 = 0, b0 = 0, b1 = 0, c0 = 0, c1 = 0;
    double a_units = 0, b_units = 0, c_units = 0;
    BeforeAfter& operator+=(const BeforeAfter& other);
};

/// Weighted displacement quotient (Bowers, Johnson 2003): (B1/C1 - B0/C0) / (A1/C1 - A0/C0). Above 0 diffusion of
/// benefit, below 0 displacement, below -1 more displaced than gained. nullopt where a quotient has no denominator.
[[nodiscard]] std::optional<double> displacement_quotient(const BeforeAfter& sums);

/// Leakage: sum over the belt of (after - counterfactual) over sum over the targets of (counterfactual - after);
/// counterfactual: before plus the control's mean change per unit. nullopt without controls or without a reduction.
[[nodiscard]] std::optional<double> leakage(const BeforeAfter& sums);

struct BeltEstimate {
    std::optional<double> estimate;
    std::optional<Interval> interval;  ///< 95 %, percentiles of the bootstrap over clusters
    bool reduction_unsure = false;     ///< the targets' own reduction may be 0 or less: the quotient means nothing
    long units = 0;                    ///< of the belt, over all slots
};
struct BeltLooks {
    BeltEstimate leakage;
    BeltEstimate quotient;
};

/// Sums over the slots of the event study (its years, history and lag): targets are the units hit in the slot's year,
/// the belt those within `belt` of them, the control units of the same clusters that no removal between history and
/// outcome hit or had within the belt.
[[nodiscard]] BeltLooks belt_looks(const CropPanel& panel, const UnitIndex& index, std::span<const Removal> removals,
                                   const RingDesign& design, geo::Metres belt,
                                   std::span<const std::size_t> cluster_of_unit, int draws, std::uint64_t seed);

}  // namespace vereda::regions
