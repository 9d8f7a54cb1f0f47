/// The score of a region: fixed goalposts, published weights, a weighted geometric mean that cannot buy one failing
/// pillar with another, and the interval that missing data allow.
///
/// Weighted geometric mean with floor 0.01 under every z, so that one zero does not erase the rest (methods §3; after
/// OECD and JRC, Handbook on Constructing Composite Indicators, 2008, eq. 6.3). Oracle: x = (.9, .8, .2), w = (.5, .3,
/// .2) → 0.6431; arithmetic 0.7300.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "livelihoods/readiness.hpp"
#include "livelihoods/readiness_model.hpp"

namespace vereda::livelihoods {

inline constexpr double score_floor = 0.01;

/// Σ w·z / Σ w and exp(Σ w·ln max(z, floor) / Σ w). Nullopt for nothing to average.
[[nodiscard]] std::optional<double> arithmetic_mean(std::span<const double> z, std::span<const double> weights);
[[nodiscard]] std::optional<double> geometric_mean(std::span<const double> z, std::span<const double> weights);

/// z = clip((x − lo) / (hi − lo), 0, 1), one minus that where lower is better.
[[nodiscard]] double normalised(double value, const Indicator& indicator);

/// Weight of each indicator in the whole: pillar weight × share of the indicator within its pillar, summing to 1.
[[nodiscard]] std::vector<double> indicator_weights(const ReadinessModel& model);

struct Score {
    std::optional<double> geometric;   ///< over the known indicators; nullopt with none known
    std::optional<double> arithmetic;  ///< likewise
    std::optional<double> lo;          ///< nullopt only for a model without indicators
    std::optional<double> hi;
    double coverage = 1;  ///< share of the weight that is known
};

/// An indicator of which only an interval is known counts as missing but narrows the bounds.
[[nodiscard]] Score score(const ReadinessModel& model, std::span<const double> weights, const RegionFacts& facts,
                          geo::Date as_of);

/// The measure of that name if it may be used on the day: known, and not dated after it.
[[nodiscard]] const Measure* usable_measure(const RegionFacts& facts, std::string_view name, geo::Date as_of);

}  // namespace vereda::livelihoods
