#include "livelihoods/readiness_score.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

namespace vereda::livelihoods {

namespace {

struct ZInterval {
    double lo = 0;
    double hi = 1;
};

/// What a measure says about an indicator's z; everything where it says nothing.
ZInterval z_interval(const Indicator& indicator, const Measure* measure) {
    ZInterval z;
    if (measure == nullptr) return z;
    const std::optional<double> least = measure->lo ? measure->lo : measure->value;
    const std::optional<double> most = measure->hi ? measure->hi : measure->value;
    const bool higher = indicator.direction == Direction::higher_is_better;
    const std::optional<double>& worst = higher ? least : most;
    const std::optional<double>& best = higher ? most : least;
    if (worst) z.lo = normalised(*worst, indicator);
    if (best) z.hi = normalised(*best, indicator);
    if (measure->value) {
        const double at = normalised(*measure->value, indicator);
        z.lo = std::min(z.lo, at);
        z.hi = std::max(z.hi, at);
    }
    return z;
}

}  // namespace

std::optional<double> arithmetic_mean(std::span<const double> z, std::span<const double> weights) {
    double sum = 0;
    double total = 0;
    for (std::size_t i = 0; i < z.size(); ++i) {
        sum += weights[i] * z[i];
        total += weights[i];
    }
    if (!(total > 0)) return std::nullopt;
    return sum / total;
}

std::optional<double> geometric_mean(std::span<const double> z, std::span<const double> weights) {
    double sum = 0;
    double total = 0;
    for (std::size_t i = 0; i < z.size(); ++i) {
        sum += weights[i] * std::log(std::max(z[i], score_floor));
        total += weights[i];
    }
    if (!(total > 0)) return std::nullopt;
    return std::exp(sum / total);
}

double normalised(double value, const Indicator& indicator) {
    const double z = std::clamp((value - indicator.lo) / (indicator.hi - indicator.lo), 0.0, 1.0);
    return indicator.direction == Direction::higher_is_better ? z : 1 - z;
}

std::vector<double> indicator_weights(const ReadinessModel& model) {
    std::map<std::string_view, double> within;
    for (const Indicator& indicator : model.indicators)
        within[indicator.pillar] += indicator.weight;
    std::map<std::string_view, double> pillar_weight;
    double total = 0;
    for (const Pillar& pillar : model.pillars) {
        if (!within.contains(pillar.id)) continue;
        pillar_weight[pillar.id] = pillar.weight;
        total += pillar.weight;
    }
    std::vector<double> weights;
    for (const Indicator& indicator : model.indicators)
        weights.push_back(pillar_weight[indicator.pillar] / total * indicator.weight / within[indicator.pillar]);
    return weights;
}

const Measure* usable_measure(const RegionFacts& facts, std::string_view name, geo::Date as_of) {
    const auto found = facts.measures.find(name);
    if (found == facts.measures.end()) return nullptr;
    if (found->second.as_of && *found->second.as_of > as_of) return nullptr;
    return &found->second;
}

Score score(const ReadinessModel& model, std::span<const double> weights, const RegionFacts& facts, geo::Date as_of) {
    Score result;
    if (model.indicators.empty()) return result;
    std::vector<double> known;
    std::vector<double> known_weights;
    std::vector<double> worst;
    std::vector<double> best;
    for (std::size_t i = 0; i < model.indicators.size(); ++i) {
        const Measure* measure = usable_measure(facts, model.indicators[i].id, as_of);
        const ZInterval z = z_interval(model.indicators[i], measure);
        worst.push_back(z.lo);
        best.push_back(z.hi);
        if (measure == nullptr || !measure->value) continue;
        known.push_back(normalised(*measure->value, model.indicators[i]));
        known_weights.push_back(weights[i]);
    }
    result.geometric = geometric_mean(known, known_weights);
    result.arithmetic = arithmetic_mean(known, known_weights);
    result.lo = geometric_mean(worst, weights);
    result.hi = geometric_mean(best, weights);
    double known_weight = 0;
    for (const double weight : known_weights)
        known_weight += weight;
    result.coverage = known_weight;
    // With everything known exactly the three are one number; rounding must not part them.
    if (result.geometric) {
        result.lo = std::min(*result.lo, *result.geometric);
        result.hi = std::max(*result.hi, *result.geometric);
    }
    return result;
}

}  // namespace vereda::livelihoods
