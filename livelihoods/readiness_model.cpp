#include "livelihoods/readiness_model.hpp"

#include <cmath>
#include <set>
#include <string_view>

#include "geo/error.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

geo::Error refused(geo::Message message, const geo::Locus& source) {
    return geo::Error(geo::ErrorKind::usage, std::move(message), source);
}

template <class Part>
std::set<std::string_view> unique_ids(const std::vector<Part>& parts, const geo::Locus& source) {
    std::set<std::string_view> ids;
    for (const Part& part : parts) {
        if (part.id.empty()) throw refused({"readiness_model.id_missing"_msg, {}}, source);
        if (!ids.insert(part.id).second) throw refused({"readiness_model.id_duplicate"_msg, {{"id", part.id}}}, source);
    }
    return ids;
}

bool is_weight(double weight) {
    return std::isfinite(weight) && weight > 0;
}

void weigh_alike(ReadinessModel& model) {
    for (Pillar& pillar : model.pillars)
        pillar.weight = 1;
    for (Indicator& indicator : model.indicators)
        indicator.weight = 1;
}

/// Points of one ballot in all.
double total_of(const Ballot& ballot, const std::set<std::string_view>& pillars, const geo::Locus& source) {
    double total = 0;
    for (const auto& [pillar, points] : ballot.points) {
        if (!pillars.contains(pillar))
            throw refused({"readiness_model.ballot_pillar"_msg, {{"voter", ballot.voter}, {"pillar", pillar}}}, source);
        if (!std::isfinite(points) || points < 0)
            throw refused({"readiness_model.ballot_points"_msg, {{"voter", ballot.voter}}}, source);
        total += points;
    }
    if (!(total > 0)) throw refused({"readiness_model.ballot_points"_msg, {{"voter", ballot.voter}}}, source);
    return total;
}

void allocate_budget(ReadinessModel& model, const std::set<std::string_view>& pillars, const geo::Locus& source) {
    if (model.ballots.empty()) throw refused({"readiness_model.no_ballot"_msg, {}}, source);
    for (Pillar& pillar : model.pillars)
        pillar.weight = 0;
    for (const Ballot& ballot : model.ballots) {
        const double total = total_of(ballot, pillars, source);
        for (Pillar& pillar : model.pillars) {
            const auto points = ballot.points.find(pillar.id);
            if (points == ballot.points.end()) continue;
            pillar.weight += points->second / total / static_cast<double>(model.ballots.size());
        }
    }
}

}  // namespace

ReadinessModel validated(ReadinessModel model, const geo::Locus& source) {
    if (model.gates.empty()) throw refused({"readiness_model.no_gate"_msg, {}}, source);
    if (!(model.threshold >= 0 && model.threshold <= 1)) throw refused({"readiness_model.threshold"_msg, {}}, source);
    if (!(model.rater_agreement <= 1)) throw refused({"readiness_model.rater_agreement"_msg, {}}, source);
    static_cast<void>(unique_ids(model.gates, source));
    static_cast<void>(unique_ids(model.indicators, source));
    const std::set<std::string_view> pillars = unique_ids(model.pillars, source);
    if (model.weighting == Weighting::equal) weigh_alike(model);
    if (model.weighting == Weighting::budget_allocation) {
        allocate_budget(model, pillars, source);
    } else if (!model.ballots.empty()) {
        throw refused({"readiness_model.ballots_unused"_msg, {}}, source);
    }
    for (const Pillar& pillar : model.pillars)
        if (!is_weight(pillar.weight)) throw refused({"readiness_model.weight"_msg, {{"id", pillar.id}}}, source);
    for (const Gate& gate : model.gates) {
        if (!std::isfinite(gate.threshold) || (gate.max_age_months && *gate.max_age_months < 1))
            throw refused({"readiness_model.gate"_msg, {{"id", gate.id}}}, source);
    }
    for (const Indicator& indicator : model.indicators) {
        if (!is_weight(indicator.weight)) throw refused({"readiness_model.weight"_msg, {{"id", indicator.id}}}, source);
        if (!(indicator.lo < indicator.hi) || !std::isfinite(indicator.lo) || !std::isfinite(indicator.hi))
            throw refused({"readiness_model.goalposts"_msg, {{"id", indicator.id}}}, source);
        if (!pillars.contains(indicator.pillar)) {
            throw refused({"readiness_model.pillar_unknown"_msg, {{"id", indicator.id}, {"pillar", indicator.pillar}}},
                          source);
        }
    }
    return model;
}

}  // namespace vereda::livelihoods
