/// What a pack's own ladder says about a family's measurements: offences, the window for self-correction, the step.
///
/// An excess is an offence only when two independent measurements confirm it, the second after the window in which the
/// family may remove it. A measurement in between or later that does not exceed wipes the first one out. Nothing here
/// is an order: it tells where the family stands in a ladder that its own organisation wrote.
///
/// A register of past sanctions adds offences from before the measurements: those records alone that say that two
/// measurements confirmed the excess, once for each day, and none that follows an offence found here before any
/// further measurement, since it speaks of that one.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "geo/date.hpp"
#include "livelihoods/area_verdict.hpp"
#include "livelihoods/rule_pack.hpp"

namespace vereda::livelihoods {

struct Inspection {
    geo::Date day;
    SmallPlotVerdict verdict = SmallPlotVerdict::no_rule;
    bool independent = true;  ///< of the inspection before
};

/// A past sanction for growing too much, as a register holds it.
struct RecordedSanction {
    geo::Date day;
    bool confirmed_twice = false;
};

struct LadderState {
    std::vector<geo::Date> offences;         ///< days on which an excess was confirmed, ascending
    std::optional<geo::Date> excess_since;   ///< first measurement of an excess not yet confirmed
    std::optional<geo::Date> correct_until;  ///< last day of the window for removing it
    bool confirmed = false;                  ///< the latest measurement that tells anything confirms an excess
    int in_look_back = 0;                    ///< offences that count for the step; all of them where there is no step
    std::optional<Sanction> step;  ///< of the pack; nullopt: none reached, or the pack sets too little to tell
    bool look_back_unset = false;  ///< a further step exists, but the pack does not say how long offences count
    int recorded = 0;              ///< of the offences, those that only the register of sanctions tells
    int not_confirmed = 0;         ///< records left out: nothing says that two measurements confirmed the excess
};

/// `inspections` by day, none after `as_of`. Without grace_days the pack has no window: the next independent
/// measurement confirms. Records after `as_of` are passed over.
[[nodiscard]] LadderState ladder_state(std::span<const Inspection> inspections, const RulePack& pack, geo::Date as_of,
                                       std::span<const RecordedSanction> recorded = {});

/// How often a family that keeps exactly to the limit would be wrongly accused over so many independent measurements,
/// each wrong with probability `each` at most (methods §11: 5 %).
struct FalseAccusation {
    int measurements = 0;
    double once = 0;       ///< by at least one of them: 1 − (1 − each)^n
    double confirmed = 0;  ///< by two in a row, as an offence needs
};
[[nodiscard]] FalseAccusation false_accusation(int measurements, double each = 1 - exceeds_probability);

/// Measurements over the longest look-back of the pack's ladder at its own inspection interval; nullopt: either is
/// unset.
[[nodiscard]] std::optional<int> measurements_in_look_back(const RulePack& pack);

}  // namespace vereda::livelihoods
