/// Was the order right? Each reduction against the day on which every gate was met (methods §3, §11).
///
/// lead = reduction − the last gate's date, in days; below 0 the crop went before the livelihood came: a violation. A
/// gate that was never met is a violation as well; one of which nobody knows leaves the question open, unless another
/// gate settles it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/parallel.hpp"
#include "livelihoods/gate_dates.hpp"
#include "livelihoods/removals.hpp"

namespace vereda::livelihoods {

enum class Violation { no, yes, unknown };
[[nodiscard]] std::string_view name_of(Violation violation);

struct SequenceRow {
    std::string region_id;
    std::string household_id;  ///< empty: the region as a whole
    geo::Date reduction;
    ReductionBasis basis = ReductionBasis::region;
    regions::EradicationKind kind = regions::EradicationKind::unknown;
    std::optional<geo::Date> last_gate;  ///< nullopt: not every gate has been met, or none is known
    std::optional<int> lead_days;
    /// From the reduction to the first licit income, so far where none has come; of a region the median family's.
    std::optional<int> months_without_income;
    Violation violation = Violation::unknown;
    std::vector<std::string> gates_after;  ///< met after the reduction
    std::vector<std::string> gates_never;  ///< not met to this day
    std::vector<std::string> gates_unknown;
    // Of regions:
    std::optional<geo::Hectares> removed_too_early;  ///< before the last gate
    std::optional<geo::Hectares> replanted;
    long families = 0;  ///< with a reduction
    long families_violated = 0;
    long people_violated = 0;     ///< members of those, where the register tells them
    long families_uncounted = 0;  ///< of those, without a number of members
};

struct AuditInputs {
    const ReadinessModel& model;
    std::span<const std::string> region_ids;
    Registers registers;
    std::span<const regions::Survey> surveys;
    geo::Date as_of;
};

/// Households with a reduction, and regions in which a crop was removed; sorted by region, the region's own row first,
/// then household.
///
/// A family's own records decide the gates that speak of it: its agreement (agreement_share), what was promised to it
/// and confirmed (delivered_share), statements of the evidence table that name it. Every other gate is its region's.
[[nodiscard]] std::vector<SequenceRow> sequence_audit(const AuditInputs& inputs, geo::Parallelism parallelism);

}  // namespace vereda::livelihoods
