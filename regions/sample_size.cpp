#include "regions/sample_size.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/error.hpp"

namespace vereda::regions {

using namespace geo;

namespace {

double spread(double accuracy) {
    return std::sqrt(accuracy * (1 - accuracy));
}

std::vector<PlannedStratum> checked(std::vector<PlannedStratum> strata, const PlanOptions& options) {
    if (!(options.overall_se > 0 && options.overall_se < 0.5)) throw Error(ErrorKind::usage, {"plan.se"_msg, {}});
    std::ranges::sort(strata, {}, &PlannedStratum::stratum);
    const auto twice = std::ranges::adjacent_find(strata, {}, &PlannedStratum::stratum);
    if (twice != strata.end())
        throw Error(ErrorKind::input, {"accuracy.stratum_twice"_msg, {{"stratum", twice->stratum}}});
    double total = 0;
    for (const PlannedStratum& stratum : strata) {
        if (!(stratum.area >= 0) || !std::isfinite(stratum.area))
            throw Error(ErrorKind::input, {"accuracy.area_negative"_msg, {{"stratum", stratum.stratum}}});
        if (!(stratum.expected_users > 0 && stratum.expected_users < 1))
            throw Error(ErrorKind::input, {"plan.expected"_msg, {{"stratum", stratum.stratum}}});
        total += stratum.area;
    }
    if (!(total > 0)) throw Error(ErrorKind::input, {"accuracy.no_area"_msg, {}});
    for (PlannedStratum& stratum : strata)
        stratum.area /= total;
    return strata;
}

/// Whole numbers that sum to `total`, as near to the shares as whole numbers can be (largest remainders).
std::vector<long> spread_over(long total, const std::vector<double>& weights) {
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<long> parts;
    std::vector<std::pair<double, std::size_t>> remainders;
    long given = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double exact = static_cast<double>(total) * weights[i] / sum;
        parts.push_back(static_cast<long>(std::floor(exact)));
        given += parts.back();
        remainders.emplace_back(std::floor(exact) - exact, i);
    }
    std::ranges::sort(remainders);
    for (std::size_t i = 0; given < total; ++i, ++given)
        ++parts[remainders[i % remainders.size()].second];
    return parts;
}

/// `least` for strata whose share by area is under it, what remains by area over the others.
std::vector<long> advised(long total, long least, const std::vector<double>& weights) {
    std::vector<bool> held(weights.size(), false);
    while (true) {
        std::vector<double> free = weights;
        long rest = total;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            if (!held[i]) continue;
            free[i] = 0;
            rest -= least;
        }
        const bool all_held = std::ranges::all_of(held, [](bool h) { return h; });
        if (all_held || rest <= 0) return std::vector<long>(weights.size(), least);
        std::vector<long> parts = spread_over(rest, free);
        bool changed = false;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            if (held[i]) {
                parts[i] = least;
            } else if (parts[i] < least) {
                held[i] = true;
                changed = true;
            }
        }
        if (!changed) return parts;
    }
}

double expected_se(const std::vector<PlannedStratum>& strata, const std::vector<long>& units) {
    double variance = 0;
    for (std::size_t i = 0; i < strata.size(); ++i) {
        const double spread_of = spread(strata[i].expected_users);
        if (strata[i].area > 0)
            variance += strata[i].area * strata[i].area * spread_of * spread_of / static_cast<double>(units[i]);
    }
    return std::sqrt(variance);
}

}  // namespace

SamplePlan plan_sample(const std::vector<PlannedStratum>& written, const PlanOptions& options) {
    const std::vector<PlannedStratum> strata = checked(written, options);
    std::vector<double> by_area;
    std::vector<double> by_spread;
    double squares = 0;
    for (const PlannedStratum& stratum : strata) {
        by_area.push_back(stratum.area);
        by_spread.push_back(stratum.area * spread(stratum.expected_users));
        squares += by_spread.back() * spread(stratum.expected_users);
    }
    const double sum = std::accumulate(by_spread.begin(), by_spread.end(), 0.0);
    const double finite = options.possible_units ? squares / *options.possible_units : 0;
    SamplePlan plan;
    plan.units = static_cast<long>(std::ceil(sum * sum / (options.overall_se * options.overall_se + finite)));
    const std::vector<long> proportional = spread_over(plan.units, by_area);
    const std::vector<long> equal = spread_over(plan.units, std::vector<double>(strata.size(), 1.0));
    const std::vector<long> optimal = spread_over(plan.units, by_spread);
    const std::vector<long> with_least = advised(plan.units, options.least, by_area);
    for (std::size_t i = 0; i < strata.size(); ++i) {
        plan.strata.push_back({strata[i].stratum, strata[i].area, strata[i].expected_users, proportional[i], equal[i],
                               optimal[i], with_least[i]});
    }
    plan.proportional_se = expected_se(strata, proportional);
    plan.equal_se = expected_se(strata, equal);
    plan.optimal_se = expected_se(strata, optimal);
    plan.advised_se = expected_se(strata, with_least);
    return plan;
}

}  // namespace vereda::regions
