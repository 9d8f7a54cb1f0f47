#include "livelihoods/sanction_ladder.hpp"

#include <algorithm>
#include <cmath>

#include "geo/calendar.hpp"

namespace vereda::livelihoods {

namespace {

bool tells(SmallPlotVerdict verdict) {
    return verdict != SmallPlotVerdict::no_rule && verdict != SmallPlotVerdict::not_testable;
}

void find_step(const RulePack& pack, geo::Date as_of, LadderState& state) {
    state.in_look_back = static_cast<int>(state.offences.size());
    int reached = 0;
    for (const Sanction& sanction : pack.sanctions) {
        if (!sanction.count) continue;
        if (!sanction.look_back_months && *sanction.count > 1) {
            state.look_back_unset = true;
            continue;
        }
        const auto counts = [&](geo::Date offence) {
            return !sanction.look_back_months || geo::plus_months(offence, *sanction.look_back_months) > as_of;
        };
        // A first step without a look-back speaks of an excess that still stands, not of what was once confirmed.
        const bool stands = sanction.look_back_months.has_value() || state.confirmed;
        const int offences = stands ? static_cast<int>(std::ranges::count_if(state.offences, counts)) : 0;
        if (offences < *sanction.count || *sanction.count <= reached) continue;
        reached = *sanction.count;
        state.step = sanction;
        state.in_look_back = offences;
    }
}

/// The record speaks of an offence that the measurements have found: nothing was measured in between.
bool known_already(geo::Date record, std::span<const geo::Date> offences, std::span<const Inspection> inspections) {
    const auto after = std::ranges::upper_bound(offences, record);
    if (after == offences.begin()) return false;
    const geo::Date offence = *std::prev(after);
    return std::ranges::none_of(inspections, [&](const Inspection& inspection) {
        return inspection.day > offence && inspection.day <= record;
    });
}

void add_recorded(std::span<const RecordedSanction> recorded, std::span<const Inspection> inspections, geo::Date as_of,
                  LadderState& state) {
    const std::vector<geo::Date> measured = state.offences;
    for (const RecordedSanction& record : recorded) {
        if (record.day > as_of || known_already(record.day, measured, inspections)) continue;
        if (!record.confirmed_twice) {
            ++state.not_confirmed;
        } else if (std::ranges::find(state.offences, record.day) == state.offences.end()) {
            state.offences.push_back(record.day);
            ++state.recorded;
        }
    }
    std::ranges::sort(state.offences);
}

}  // namespace

LadderState ladder_state(std::span<const Inspection> inspections, const RulePack& pack, geo::Date as_of,
                         std::span<const RecordedSanction> recorded) {
    LadderState state;
    const geo::Date::duration grace = std::chrono::days(pack.grace_days.value_or(0));
    for (const Inspection& inspection : inspections) {
        if (!tells(inspection.verdict)) continue;
        const bool exceeds = inspection.verdict == SmallPlotVerdict::exceeds;
        state.confirmed = exceeds && (state.confirmed || (state.excess_since && inspection.independent));
        if (!exceeds) {
            state.excess_since.reset();
        } else if (!state.excess_since) {
            state.excess_since = inspection.day;
        } else if (inspection.independent && (!pack.grace_days || inspection.day > *state.excess_since + grace)) {
            state.offences.push_back(inspection.day);
            state.excess_since.reset();
        }
    }
    if (state.excess_since && pack.grace_days) state.correct_until = *state.excess_since + grace;
    add_recorded(recorded, inspections, as_of, state);
    find_step(pack, as_of, state);
    return state;
}

FalseAccusation false_accusation(int measurements, double each) {
    FalseAccusation result;
    result.measurements = std::max(measurements, 0);
    double clear = 1;       // no two in a row so far, the last one right
    double last_wrong = 0;  // no two in a row so far, the last one wrong
    for (int i = 0; i < result.measurements; ++i) {
        const double before = clear;
        clear = (clear + last_wrong) * (1 - each);
        last_wrong = before * each;
    }
    result.once = 1 - std::pow(1 - each, result.measurements);
    result.confirmed = 1 - clear - last_wrong;
    return result;
}

std::optional<int> measurements_in_look_back(const RulePack& pack) {
    if (!pack.inspection_months) return std::nullopt;
    std::optional<int> longest;
    for (const Sanction& sanction : pack.sanctions) {
        if (sanction.count && sanction.look_back_months)
            longest = std::max(longest.value_or(0), *sanction.look_back_months);
    }
    if (!longest) return std::nullopt;
    return std::max(1, *longest / *pack.inspection_months);
}

}  // namespace vereda::livelihoods
