#include "livelihoods/stated_facts.hpp"

#include <fmt/format.h>
#include <algorithm>

#include "geo/calendar.hpp"
#include "livelihoods/median.hpp"

namespace vereda::livelihoods {

namespace {

int badness(GateState state) {
    switch (state) {
        case GateState::fail:
            return 2;
        case GateState::unknown:
            return 1;
        case GateState::pass:
            break;
    }
    return 0;
}

Measure combined(const std::map<std::string_view, const IndicatorValue*>& by_rater) {
    Measure measure;
    std::vector<double> values;
    for (const auto& [rater, value] : by_rater) {
        if (value->value) values.push_back(*value->value);
        const std::optional<double> lo = value->lo ? value->lo : value->value;
        const std::optional<double> hi = value->hi ? value->hi : value->value;
        if (lo) measure.lo = measure.lo ? std::min(*measure.lo, *lo) : *lo;
        if (hi) measure.hi = measure.hi ? std::max(*measure.hi, *hi) : *hi;
        if (!measure.as_of || value->as_of < *measure.as_of) measure.as_of = value->as_of;
        measure.unit = value->unit;
        measure.source = value->source;
    }
    measure.value = median(std::move(values));
    if (by_rater.size() > 1) measure.source = fmt::format("{}; n = {}", measure.source, by_rater.size());
    return measure;
}

/// Of two the worse at every end: the weaker service decides.
Measure lower_of(const Measure& a, const Measure& b) {
    const auto least = [](const std::optional<double>& x, const std::optional<double>& y) {
        return x && y ? std::optional(std::min(*x, *y)) : std::nullopt;
    };
    const auto end = [](const std::optional<double>& bound, const Measure& m) { return bound ? bound : m.value; };
    Measure lower = a;
    lower.value = least(a.value, b.value);
    lower.lo = least(end(a.lo, a), end(b.lo, b));
    lower.hi = least(end(a.hi, a), end(b.hi, b));
    lower.as_of = a.as_of && b.as_of ? std::optional(std::min(*a.as_of, *b.as_of)) : std::nullopt;
    lower.source = a.source == b.source ? a.source : fmt::format("{}; {}", a.source, b.source);
    return lower;
}

}  // namespace

void add_indicators(const RegionRecords& records, geo::Date as_of, Measures& measures) {
    std::map<std::string_view, std::map<std::string_view, const IndicatorValue*>> latest;
    for (const IndicatorValue* value : records.indicators) {
        if (value->as_of > as_of || (!value->value && !value->lo && !value->hi)) continue;
        const IndicatorValue*& kept = latest[value->indicator][value->rater];
        if (kept == nullptr || kept->as_of <= value->as_of) kept = value;
    }
    for (const auto& [name, by_rater] : latest)
        measures.insert_or_assign(std::string(name), combined(by_rater));
    const auto school = measures.find("school_access");
    const auto clinic = measures.find("clinic_access");
    if (school != measures.end() && clinic != measures.end())
        measures.emplace("school_clinic_access", lower_of(school->second, clinic->second));
}

void add_context(const RegionRecords& records, geo::Date as_of, Measures& measures) {
    std::map<std::string_view, const ContextValue*> latest;
    for (const ContextValue* value : records.context) {
        if (geo::last_day_of(value->year) > as_of) continue;
        const ContextValue*& kept = latest[value->name];
        if (kept == nullptr || kept->year <= value->year) kept = value;
    }
    for (const auto& [name, value] : latest) {
        if (measures.contains(name)) continue;
        Measure measure;
        measure.value = value->value;
        measure.as_of = geo::last_day_of(value->year);
        measure.unit = value->unit;
        measure.source = "context";
        measures.emplace(name, std::move(measure));
    }
}

void add_evidence(const RegionRecords& records, geo::Date as_of, RegionFacts& facts) {
    for (const GateStatement* statement : records.evidence) {
        if (statement->as_of > as_of || !statement->household_id.empty()) continue;
        const RegionFacts::GateEvidence evidence{statement->value, statement->as_of, statement->valid_until,
                                                 statement->document};
        const auto [kept, is_new] = facts.evidence.emplace(statement->gate, evidence);
        if (is_new) continue;
        const bool later = statement->as_of > kept->second.as_of;
        const bool worse =
            statement->as_of == kept->second.as_of && badness(statement->value) > badness(kept->second.value);
        if (later || worse) kept->second = evidence;
    }
}

}  // namespace vereda::livelihoods
