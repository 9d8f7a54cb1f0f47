#include "livelihoods/uncertain_scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/random.hpp"
#include "livelihoods/readiness_score.hpp"

namespace vereda::livelihoods {

namespace {

/// What is known of one indicator in one region, in its own unit; lo == hi where it is known exactly.
struct Known {
    double lo;
    double hi;
    bool missing;
};

Known known_of(const Indicator& indicator, const RegionFacts& facts, geo::Date as_of) {
    const Measure* measure = usable_measure(facts, indicator.id, as_of);
    if (measure == nullptr || (!measure->value && !measure->lo && !measure->hi))
        return {indicator.lo, indicator.hi, true};
    const double lo = measure->lo ? *measure->lo : measure->value.value_or(indicator.lo);
    const double hi = measure->hi ? *measure->hi : measure->value.value_or(indicator.hi);
    return {std::min(lo, hi), std::max(lo, hi), false};
}

double term(std::size_t aggregation, double z) {
    const double above = std::max(z, score_floor);
    if (aggregation == 0) return std::log(above);
    return aggregation == 1 ? z : 1 / above;
}

double aggregated(std::size_t aggregation, double sum) {
    if (aggregation == 0) return std::exp(sum);
    return aggregation == 1 ? sum : 1 / sum;
}

/// z of a value under one way to normalise; `middles` are the regions' values in ascending order.
double z_of(std::size_t normalisation, double value, const Indicator& indicator, const std::vector<double>& middles) {
    if (normalisation == 0 || middles.size() < 2 || middles.front() == middles.back())
        return normalised(value, indicator);
    double z = 0;
    if (normalisation == 1) {
        z = std::clamp((value - middles.front()) / (middles.back() - middles.front()), 0.0, 1.0);
    } else {
        const auto below = std::ranges::lower_bound(middles, value) - middles.begin();
        const auto not_above = std::ranges::upper_bound(middles, value) - middles.begin();
        z = (static_cast<double>(below + not_above) / 2) / static_cast<double>(middles.size());
    }
    return indicator.direction == Direction::higher_is_better ? z : 1 - z;
}

}  // namespace

UncertainScores::UncertainScores(const ReadinessModel& model, std::span<const RegionFacts* const> regions,
                                 geo::Date as_of)
    : regions_(regions.size()), indicators_(model.indicators.size()) {
    const std::size_t cells = regions_ * indicators_;
    std::vector<Known> known;
    known.reserve(cells);
    for (const RegionFacts* facts : regions)
        for (const Indicator& indicator : model.indicators)
            known.push_back(known_of(indicator, *facts, as_of));

    std::vector<std::vector<double>> middles(indicators_);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        if (!known[cell].missing) middles[cell % indicators_].push_back((known[cell].lo + known[cell].hi) / 2);
        if (known[cell].lo < known[cell].hi) {
            open_.push_back({static_cast<std::uint32_t>(cell / indicators_),
                             static_cast<std::uint32_t>(cell % indicators_), open_.size() * levels});
        }
    }
    for (auto& values : middles)
        std::ranges::sort(values);

    for (std::size_t n = 0; n < normalisations; ++n) {
        for (std::size_t a = 0; a < aggregations; ++a)
            terms_[n][a].assign(cells, 0.0);
        for (std::size_t cell = 0; cell < cells; ++cell) {
            const Indicator& indicator = model.indicators[cell % indicators_];
            if (known[cell].lo < known[cell].hi) continue;
            const double z = z_of(n, known[cell].lo, indicator, middles[cell % indicators_]);
            for (std::size_t a = 0; a < aggregations; ++a)
                terms_[n][a][cell] = term(a, z);
        }
        for (const OpenCell& open : open_) {
            const Known& at = known[open.region * indicators_ + open.indicator];
            for (std::size_t level = 0; level < levels; ++level) {
                const double share = (static_cast<double>(level) + 0.5) / static_cast<double>(levels);
                const Indicator& indicator = model.indicators[open.indicator];
                // A missing value may be anything: z itself is drawn, whatever the normalisation.
                const double z =
                    at.missing ? share : z_of(n, at.lo + share * (at.hi - at.lo), indicator, middles[open.indicator]);
                for (std::size_t a = 0; a < aggregations; ++a)
                    open_terms_[n][a].push_back(term(a, z));
            }
        }
    }
}

void UncertainScores::score(const ChoiceDraw& draw, std::span<double> scores) const {
    std::vector<double> weights = draw.weights;
    if (draw.left_out < indicators_ && indicators_ > 1) {
        const double kept = 1 - weights[draw.left_out];
        weights[draw.left_out] = 0;
        for (double& weight : weights)
            weight = kept > 0 ? weight / kept : 1.0 / static_cast<double>(indicators_ - 1);
        weights[draw.left_out] = 0;
    }
    const std::vector<double>& terms = terms_[draw.normalisation][draw.aggregation];
    for (std::size_t region = 0; region < regions_; ++region) {
        const double* row = terms.data() + region * indicators_;
        double sum = 0;
        for (std::size_t k = 0; k < indicators_; ++k)
            sum += weights[k] * row[k];
        scores[region] = sum;
    }
    const std::vector<double>& open_terms = open_terms_[draw.normalisation][draw.aggregation];
    for (const OpenCell& open : open_) {
        const std::uint64_t cell = std::uint64_t{open.region} * indicators_ + open.indicator;
        const std::uint64_t level = geo::mixed(draw.data ^ geo::mixed(cell + 1)) % levels;
        scores[open.region] += weights[open.indicator] * open_terms[open.at + level];
    }
    for (double& score : scores)
        score = aggregated(draw.aggregation, score);
}

}  // namespace vereda::livelihoods
