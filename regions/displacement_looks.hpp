/// The looks beside the headline of a displacement study: each is one row, or a few, of the agreement table.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "regions/comparison_areas.hpp"
#include "regions/displacement.hpp"
#include "regions/removals.hpp"
#include "regions/ring_study.hpp"

namespace vereda::regions {

/// What all looks share.
struct LookInputs {
    const CropPanel& panel;
    const UnitIndex& index;
    const std::vector<Removal>& removals;
    const DisplacementPlan& plan;
    ComparisonAreas areas;  ///< of time effects
    std::vector<std::size_t> cluster_of_unit;
    std::size_t clusters = 0;
    std::uint64_t seed = 1;
};

/// A coefficient with its wild-bootstrap interval and p (of "it is 0").
[[nodiscard]] DisplacementRow look_row(std::string estimator, geo::Metres belt, const WildBootstrap& inference, long n,
                                       std::string note = {});

/// The headline's estimate with another belt, unweighted, with Conley's errors, by pairs bootstrap over clusters.
[[nodiscard]] std::vector<DisplacementRow> other_belts(const LookInputs& inputs);
/// Shares that appeared in each third of the belt, nearest first.
[[nodiscard]] std::vector<DisplacementRow> bands(const LookInputs& inputs, const RingDesign& design);
/// Two-way fixed effects, distributed leads and lags of the dose.
[[nodiscard]] std::vector<DisplacementRow> two_way_event_study(const LookInputs& inputs);
/// Group-time effects of units exposed for the first time, as a share.
[[nodiscard]] std::vector<DisplacementRow> group_time_share(const LookInputs& inputs);
/// Removals moved back before all of their own effects: nothing should have appeared.
[[nodiscard]] std::vector<DisplacementRow> pre_period_fake(const LookInputs& inputs);
/// The plan's negative control, a column of `whole`, in the place of crop.
[[nodiscard]] std::vector<DisplacementRow> negative_control(const LookInputs& inputs, const CropPanel& whole);
/// By kind of eradication, and near or far from indigenous land, where at least five removals are of it.
[[nodiscard]] std::vector<DisplacementRow> by_kind(const LookInputs& inputs, const RingDesign& design);
[[nodiscard]] std::vector<DisplacementRow> by_indigenous(const LookInputs& inputs, const RingDesign& design);
[[nodiscard]] std::vector<DisplacementRow> leakage_rows(const LookInputs& inputs, const RingDesign& design);

}  // namespace vereda::regions
