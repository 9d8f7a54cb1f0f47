#include "livelihoods/gate.hpp"

#include <fmt/format.h>
#include <algorithm>

#include "geo/calendar.hpp"
#include "livelihoods/readiness_score.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

std::string number(double value) {
    return fmt::format("{:.4g}", value);
}

bool holds(const Gate& gate, double value) {
    return gate.comparison == Comparison::at_least ? value >= gate.threshold : value <= gate.threshold;
}

GateResult unknown(const Gate& gate, geo::Message reason, std::optional<geo::Date> as_of = std::nullopt) {
    return {gate.id, GateState::unknown, std::move(reason), as_of};
}

/// Why a dated thing is too old or undated for the gate; nullopt: it may be used.
std::optional<geo::Message> too_old(const Gate& gate, std::optional<geo::Date> dated, geo::Date as_of) {
    if (!gate.max_age_months) return std::nullopt;
    if (!dated) return geo::Message{"readiness.gate_undated"_msg, {}};
    if (geo::plus_months(*dated, *gate.max_age_months) >= as_of) return std::nullopt;
    return geo::Message{"readiness.gate_too_old"_msg,
                        {{"date", geo::to_iso(*dated)}, {"months", std::to_string(*gate.max_age_months)}}};
}

/// What the measure alone says: only what holds over the whole range it is known to lie in.
GateState state_of(const Gate& gate, const Measure& measure) {
    const bool at_least = gate.comparison == Comparison::at_least;
    const auto holds_at = [&](const std::optional<double>& end) -> std::optional<bool> {
        const std::optional<double>& at = end ? end : measure.value;
        return at ? std::optional(holds(gate, *at)) : std::nullopt;
    };
    const std::optional<bool> at_worst = holds_at(at_least ? measure.lo : measure.hi);
    const std::optional<bool> at_best = holds_at(at_least ? measure.hi : measure.lo);
    if (at_best == false) return GateState::fail;
    return at_worst == true ? GateState::pass : GateState::unknown;
}

geo::Message sentence(const Gate& gate, const Measure& measure) {
    const geo::MessageArguments arguments{{"value", measure.value ? number(*measure.value) : "?"},
                                          {"lo", measure.lo ? number(*measure.lo) : "?"},
                                          {"hi", measure.hi ? number(*measure.hi) : "?"},
                                          {"threshold", number(gate.threshold)},
                                          {"unit", measure.unit},
                                          {"source", measure.source}};
    const bool interval = measure.lo && measure.hi && *measure.lo < *measure.hi;
    if (gate.comparison == Comparison::at_least) {
        return interval ? geo::Message{"readiness.gate_at_least_interval"_msg, arguments}
                        : geo::Message{"readiness.gate_at_least"_msg, arguments};
    }
    return interval ? geo::Message{"readiness.gate_at_most_interval"_msg, arguments}
                    : geo::Message{"readiness.gate_at_most"_msg, arguments};
}

GateResult by_measure(const Gate& gate, const RegionFacts& facts, geo::Date as_of) {
    const Measure* measure = usable_measure(facts, gate.measure, as_of);
    if (measure == nullptr || (!measure->value && !measure->lo && !measure->hi))
        return unknown(gate, {"readiness.gate_not_measured"_msg, {{"measure", gate.measure}}});
    if (auto reason = too_old(gate, measure->as_of, as_of)) return unknown(gate, *std::move(reason), measure->as_of);
    return {gate.id, state_of(gate, *measure), sentence(gate, *measure), measure->as_of};
}

GateResult by_evidence(const Gate& gate, const RegionFacts& facts, geo::Date as_of) {
    const auto found = facts.evidence.find(gate.id);
    if (found == facts.evidence.end() || found->second.as_of > as_of)
        return unknown(gate, {"readiness.gate_no_evidence"_msg, {}});
    const RegionFacts::GateEvidence& evidence = found->second;
    if (evidence.valid_until && *evidence.valid_until < as_of) {
        return unknown(gate, {"readiness.gate_evidence_expired"_msg, {{"date", geo::to_iso(*evidence.valid_until)}}},
                       evidence.as_of);
    }
    if (auto reason = too_old(gate, evidence.as_of, as_of)) return unknown(gate, *std::move(reason), evidence.as_of);
    const geo::MessageArguments arguments{{"document", evidence.document}, {"date", geo::to_iso(evidence.as_of)}};
    switch (evidence.value) {
        case GateState::pass:
            return {gate.id, GateState::pass, {"readiness.gate_evidence_pass"_msg, arguments}, evidence.as_of};
        case GateState::fail:
            return {gate.id, GateState::fail, {"readiness.gate_evidence_fail"_msg, arguments}, evidence.as_of};
        case GateState::unknown:
            break;
    }
    return unknown(gate, {"readiness.gate_evidence_unknown"_msg, arguments}, evidence.as_of);
}

/// What holds where the gate asks nothing, or where it is not known whether it does; nullopt: it asks.
std::optional<GateResult> not_asked(const Gate& gate, const RegionFacts& facts, geo::Date as_of) {
    if (gate.only_where.empty()) return std::nullopt;
    const Measure* where = usable_measure(facts, gate.only_where, as_of);
    if (where == nullptr || (!where->value && !where->hi))
        return unknown(gate, {"readiness.gate_not_measured"_msg, {{"measure", gate.only_where}}});
    const double most = where->hi ? *where->hi : *where->value;
    if (most > gate.only_above) return std::nullopt;
    return GateResult{gate.id,
                      GateState::pass,
                      {"readiness.gate_not_asked"_msg, {{"measure", gate.only_where}, {"value", number(most)}}},
                      as_of};
}

}  // namespace

GateResult gate_result(const Gate& gate, const RegionFacts& facts, geo::Date as_of) {
    GateResult stated = by_evidence(gate, facts, as_of);
    if (auto free = not_asked(gate, facts, as_of))
        return stated.state == GateState::unknown ? *std::move(free) : stated;
    if (gate.measure.empty()) return stated;
    GateResult measured = by_measure(gate, facts, as_of);
    if (measured.state == GateState::fail || stated.state == GateState::unknown) return measured;
    if (stated.state == GateState::fail || measured.state == GateState::unknown) return stated;
    return measured;
}

std::optional<geo::Date> gate_expiry(const Gate& gate, const GateResult& result, const RegionFacts& facts) {
    std::optional<geo::Date> expiry;
    if (gate.max_age_months && result.as_of) expiry = geo::plus_months(*result.as_of, *gate.max_age_months);
    const auto stated = facts.evidence.find(gate.id);
    if (stated != facts.evidence.end() && stated->second.value == GateState::pass && stated->second.valid_until)
        expiry = expiry ? std::min(*expiry, *stated->second.valid_until) : *stated->second.valid_until;
    return expiry;
}

}  // namespace vereda::livelihoods
