#include "livelihoods/readiness.hpp"

#include <fmt/format.h>
#include <algorithm>

#include "geo/calendar.hpp"
#include "livelihoods/gate.hpp"
#include "livelihoods/readiness_score.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

constexpr int fresh_months = 12;                      // design §5: older evidence makes a region CONDITIONAL
constexpr double least_indicator_coverage = 2.0 / 3;  // methods §3

std::string number(double value) {
    return fmt::format("{:.3f}", value);
}

std::string gates_in(const ReadinessRow& row, GateState state) {
    std::vector<std::string_view> ids;
    for (const GateResult& gate : row.gates)
        if (gate.state == state) ids.push_back(gate.gate_id);
    return fmt::format("{}", fmt::join(ids, ", "));
}

/// The first gate or indicator that rests on something older than a year, or undated; empty: none does.
std::string oldest_support(const ReadinessModel& model, const RegionFacts& facts, const ReadinessRow& row) {
    const auto is_old = [&](std::optional<geo::Date> dated) {
        return !dated || geo::plus_months(*dated, fresh_months) < row.as_of;
    };
    for (const GateResult& gate : row.gates)
        if (gate.state == GateState::pass && is_old(gate.as_of)) return gate.gate_id;
    for (const Indicator& indicator : model.indicators) {
        const Measure* measure = usable_measure(facts, indicator.id, row.as_of);
        if (measure != nullptr && measure->value && is_old(measure->as_of)) return indicator.id;
    }
    return {};
}

/// The last day on which nothing that a READY region rests on is too old.
geo::Date expiry_of(const ReadinessModel& model, const RegionFacts& facts, const ReadinessRow& row) {
    geo::Date expiry = geo::plus_months(row.as_of, fresh_months);
    for (std::size_t i = 0; i < row.gates.size(); ++i) {
        if (row.gates[i].as_of) expiry = std::min(expiry, geo::plus_months(*row.gates[i].as_of, fresh_months));
        if (const auto own = gate_expiry(model.gates[i], row.gates[i], facts)) expiry = std::min(expiry, *own);
    }
    for (const Indicator& indicator : model.indicators) {
        const Measure* measure = usable_measure(facts, indicator.id, row.as_of);
        if (measure != nullptr && measure->value && measure->as_of)
            expiry = std::min(expiry, geo::plus_months(*measure->as_of, fresh_months));
    }
    return expiry;
}

void decide_by_score(const ReadinessModel& model, const RegionFacts& facts, ReadinessRow& row) {
    const bool scored = !model.indicators.empty();
    if (scored && row.indicator_coverage < least_indicator_coverage - 1e-12) {
        row.state = ReadinessState::insufficient_data;
        row.reason = {"readiness.indicators_missing"_msg,
                      {{"known", fmt::format("{:.0f}", 100 * row.indicator_coverage)}}};
        return;
    }
    const geo::MessageArguments arguments{{"threshold", number(model.threshold)},
                                          {"lo", row.score_lo ? number(*row.score_lo) : ""},
                                          {"hi", row.score_hi ? number(*row.score_hi) : ""}};
    if (scored && *row.score_hi < model.threshold) {
        row.state = ReadinessState::not_ready;
        row.reason = {"readiness.score_low"_msg, arguments};
        return;
    }
    row.state = ReadinessState::conditional;
    if (scored && *row.score_lo < model.threshold) {
        row.reason = {"readiness.score_undecided"_msg, arguments};
        return;
    }
    if (const std::string old = oldest_support(model, facts, row); !old.empty()) {
        row.old_support = old;
        row.reason = {"readiness.support_old"_msg, {{"what", old}, {"months", std::to_string(fresh_months)}}};
        return;
    }
    row.state = ReadinessState::ready;
    row.expires_on = expiry_of(model, facts, row);
    row.reason = {"readiness.ready"_msg, {{"date", geo::to_iso(*row.expires_on)}}};
}

/// The weakest of the consent gates.
void tell_consent(const ReadinessModel& model, const RegionFacts& facts, ReadinessRow& row) {
    std::optional<GateState> weakest;
    for (std::size_t i = 0; i < row.gates.size(); ++i) {
        if (!model.gates[i].consent) continue;
        const GateState state = row.gates[i].state;
        const bool weaker = !weakest || state == GateState::fail || *weakest == GateState::pass;
        if (weaker && weakest != GateState::fail) weakest = state;
        const auto until = gate_expiry(model.gates[i], row.gates[i], facts);
        if (until && (!row.consent_until || *until < *row.consent_until)) row.consent_until = until;
    }
    row.consent = weakest.value_or(GateState::unknown);
    if (row.consent != GateState::pass) row.consent_until.reset();
}

ReadinessRow assess(const ReadinessModel& model, std::span<const double> weights, const RegionFacts& facts,
                    geo::Date as_of) {
    ReadinessRow row;
    row.region_id = facts.region_id;
    row.as_of = as_of;
    const Score scored = score(model, weights, facts, as_of);
    row.score = scored.geometric;
    row.score_lo = scored.lo;
    row.score_hi = scored.hi;
    row.arithmetic = scored.arithmetic;
    row.indicator_coverage = scored.coverage;
    for (const Gate& gate : model.gates)
        row.gates.push_back(gate_result(gate, facts, as_of));
    tell_consent(model, facts, row);

    if (const std::string failed = gates_in(row, GateState::fail); !failed.empty()) {
        row.state = ReadinessState::not_ready;
        row.reason = {"readiness.gates_failed"_msg, {{"gates", failed}}};
    } else if (const std::string unknown = gates_in(row, GateState::unknown); !unknown.empty()) {
        row.state = ReadinessState::insufficient_data;
        row.reason = {"readiness.gates_unknown"_msg, {{"gates", unknown}}};
    } else {
        decide_by_score(model, facts, row);
    }
    return row;
}

/// Regions without any known indicator take no rank, but what they might score widens the others' intervals.
void rank(std::vector<ReadinessRow>& rows) {
    for (ReadinessRow& row : rows) {
        if (!row.score) continue;
        int above = 0;
        int surely_above = 0;
        int maybe_above = 0;
        for (const ReadinessRow& other : rows) {
            if (&other == &row || !other.score_lo) continue;
            const bool surely = *other.score_lo > *row.score_hi;
            if (surely || (other.score && *other.score > *row.score)) ++above;
            if (surely) ++surely_above;
            if (*other.score_hi > *row.score_lo) ++maybe_above;
        }
        row.rank = 1 + above;
        row.rank_lo = 1 + surely_above;
        row.rank_hi = 1 + maybe_above;
    }
}

}  // namespace

std::string_view name_of(ReadinessState state) {
    switch (state) {
        case ReadinessState::ready:
            return "READY";
        case ReadinessState::conditional:
            return "CONDITIONAL";
        case ReadinessState::not_ready:
            return "NOT_READY";
        case ReadinessState::insufficient_data:
            break;
    }
    return "INSUFFICIENT_DATA";
}

std::vector<ReadinessRow> readiness(const ReadinessModel& model, std::span<const RegionFacts> facts, geo::Date as_of) {
    const ReadinessModel checked = validated(model, {});
    const std::vector<double> weights = indicator_weights(checked);
    std::vector<ReadinessRow> rows;
    rows.reserve(facts.size());
    for (const RegionFacts& region : facts)
        rows.push_back(assess(checked, weights, region, as_of));
    rank(rows);
    return rows;
}

}  // namespace vereda::livelihoods
