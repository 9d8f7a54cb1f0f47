#include "livelihoods/readiness_uncertainty.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <string_view>

#include "geo/random.hpp"
#include "livelihoods/readiness_score.hpp"
#include "livelihoods/uncertain_scores.hpp"

namespace vereda::livelihoods {

namespace {

constexpr std::array<std::string_view, 5> choices{"weights", "normalisation", "aggregation", "left_out", "data"};
constexpr std::size_t samples = choices.size() + 2;  ///< a, b and one mixture per choice
constexpr std::size_t score_bins = 2001;
constexpr std::size_t most_lanes = 8;  ///< each has a tally of its own, and tallies are large

/// Gamma of any shape above zero (G. Marsaglia, W. W. Tsang, ACM Trans. Math. Softw. 26, 2000).
double gamma(double shape, geo::Random& random) {
    if (shape < 1) return gamma(shape + 1, random) * std::pow(1 - random.uniform(), 1 / shape);
    const double d = shape - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    for (;;) {
        const double x = random.normal(0, 1);
        const double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
        if (v <= 0) continue;
        if (std::log(1 - random.uniform()) < x * x / 2 + d - d * v + d * std::log(v)) return d * v;
    }
}

/// Mean at `weights`, Σα as many as there are weights.
std::vector<double> dirichlet(std::span<const double> weights, geo::Random& random) {
    std::vector<double> drawn;
    for (const double weight : weights)
        drawn.push_back(gamma(weight * static_cast<double>(weights.size()), random));
    const double sum = std::accumulate(drawn.begin(), drawn.end(), 0.0);
    if (!(sum > 0)) return {weights.begin(), weights.end()};
    for (double& weight : drawn)
        weight /= sum;
    return drawn;
}

std::size_t one_of(std::size_t count, geo::Random& random) {
    return std::min(count - 1, static_cast<std::size_t>(random.uniform() * static_cast<double>(count)));
}

std::vector<ChoiceDraw> sample(std::string_view name, std::size_t count, std::span<const double> weights,
                               std::uint64_t seed) {
    geo::Random random(seed, name);
    std::vector<ChoiceDraw> draws(count);
    for (ChoiceDraw& draw : draws) {
        draw.weights = dirichlet(weights, random);
        draw.normalisation = one_of(UncertainScores::normalisations, random);
        draw.aggregation = one_of(UncertainScores::aggregations, random);
        draw.left_out = one_of(weights.size() + 1, random);
        draw.data = random.bits();
    }
    return draws;
}

/// `a` with one choice taken from `b`; position 0 is a itself, 1 is b.
ChoiceDraw mixed_draw(const ChoiceDraw& a, const ChoiceDraw& b, std::size_t position) {
    if (position == 1) return b;
    ChoiceDraw draw = a;
    switch (position) {
        case 2:
            draw.weights = b.weights;
            break;
        case 3:
            draw.normalisation = b.normalisation;
            break;
        case 4:
            draw.aggregation = b.aggregation;
            break;
        case 5:
            draw.left_out = b.left_out;
            break;
        case 6:
            draw.data = b.data;
            break;
        default:
            break;
    }
    return draw;
}

/// Counts of ranks and scores by region; whole numbers, so that their sums do not depend on threads.
struct Tally {
    std::vector<std::uint32_t> ranks;   ///< region × rank
    std::vector<std::uint32_t> scores;  ///< region × bin
    std::vector<std::uint64_t> shift;
    std::vector<std::uint32_t> above;

    explicit Tally(std::size_t regions)
        : ranks(regions * regions), scores(regions * score_bins), shift(regions), above(regions) {}
    void add(const Tally& other) {
        const auto add_up = [](auto& mine, const auto& theirs) {
            std::ranges::transform(mine, theirs, mine.begin(), std::plus{});
        };
        add_up(ranks, other.ranks);
        add_up(scores, other.scores);
        add_up(shift, other.shift);
        add_up(above, other.above);
    }
};

/// Ranks, best 0, equals sharing the lower number.
void rank(std::span<const double> scores, std::vector<std::uint32_t>& order, std::vector<std::uint32_t>& ranks) {
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
        return scores[a] > scores[b] || (scores[a] == scores[b] && a < b);
    });
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        const bool tied = i > 0 && scores[order[i]] == scores[order[i - 1]];
        ranks[order[i]] = tied ? ranks[order[i - 1]] : i;
    }
}

class Experiment {
  public:
    Experiment(const UncertainScores& scores, std::vector<int> reference, double threshold)
        : scores_(scores), reference_(std::move(reference)), threshold_(threshold), tally_(scores.regions()) {}

    void run(const std::vector<ChoiceDraw>& a, const std::vector<ChoiceDraw>& b, geo::Parallelism parallelism) {
        for (auto& values : shift_)
            values.resize(a.size());
        const std::size_t lanes = std::min(a.size(), most_lanes);
        geo::parallel_ordered<Tally>(
            lanes, parallelism, [&](std::size_t lane) { return run_lane(lane, lanes, a, b); },
            [&](std::size_t, Tally&& tally) { tally_.add(tally); });
    }

    [[nodiscard]] const Tally& tally() const { return tally_; }
    [[nodiscard]] const std::array<std::vector<double>, samples>& shifts() const { return shift_; }

  private:
    [[nodiscard]] Tally run_lane(std::size_t lane, std::size_t lanes, const std::vector<ChoiceDraw>& a,
                                 const std::vector<ChoiceDraw>& b) {
        const std::size_t regions = scores_.regions();
        Tally tally(regions);
        std::vector<double> scores(regions);
        std::vector<std::uint32_t> order(regions);
        std::vector<std::uint32_t> ranks(regions);
        for (std::size_t n = lane; n < a.size(); n += lanes) {
            for (std::size_t position = 0; position < samples; ++position) {
                scores_.score(mixed_draw(a[n], b[n], position), scores);
                rank(scores, order, ranks);
                shift_[position][n] = count(scores, ranks, tally);
            }
        }
        return tally;
    }

    /// Gives the draw's mean rank shift.
    double count(std::span<const double> scores, std::span<const std::uint32_t> ranks, Tally& tally) const {
        const std::size_t regions = scores.size();
        std::uint64_t sum = 0;
        for (std::size_t r = 0; r < regions; ++r) {
            const auto shift = static_cast<std::uint64_t>(std::abs(static_cast<int>(ranks[r]) + 1 - reference_[r]));
            sum += shift;
            tally.shift[r] += shift;
            ++tally.ranks[r * regions + ranks[r]];
            const double bin = std::clamp(scores[r], 0.0, 1.0) * static_cast<double>(score_bins - 1);
            ++tally.scores[r * score_bins + static_cast<std::size_t>(bin + 0.5)];
            if (scores[r] >= threshold_) ++tally.above[r];
        }
        return static_cast<double>(sum) / static_cast<double>(regions);
    }

    const UncertainScores& scores_;
    std::vector<int> reference_;
    double threshold_;
    Tally tally_;
    std::array<std::vector<double>, samples> shift_;
};

/// Position of the smallest value that at least `share` of the counts do not exceed.
std::size_t quantile(std::span<const std::uint32_t> counts, double share) {
    const auto total = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
    double sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        sum += counts[i];
        if (sum >= share * total - 1e-9) return i;
    }
    return counts.size() - 1;
}

RegionUncertainty summary(const std::string& id, std::size_t region, const Tally& tally, double draws) {
    const std::size_t regions = tally.shift.size();
    const auto ranks = std::span(tally.ranks).subspan(region * regions, regions);
    const auto scores = std::span(tally.scores).subspan(region * score_bins, score_bins);
    const auto score_at = [&](double share) {
        return static_cast<double>(quantile(scores, share)) / static_cast<double>(score_bins - 1);
    };
    RegionUncertainty row;
    row.region_id = id;
    row.score_p05 = score_at(0.05);
    row.score_p50 = score_at(0.5);
    row.score_p95 = score_at(0.95);
    row.rank_p05 = static_cast<int>(quantile(ranks, 0.05)) + 1;
    row.rank_p95 = static_cast<int>(quantile(ranks, 0.95)) + 1;
    row.mean_rank_shift = static_cast<double>(tally.shift[region]) / draws;
    row.share_above_threshold = tally.above[region] / draws;
    return row;
}

}  // namespace

ReadinessUncertainty readiness_uncertainty(const ReadinessModel& model, std::span<const RegionFacts> facts,
                                           std::span<const ReadinessRow> rows, const UncertaintySetting& setting) {
    const ReadinessModel checked = validated(model, {});
    std::vector<const RegionFacts*> scored;
    std::vector<double> reference_scores;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i].score) continue;
        scored.push_back(&facts[i]);
        reference_scores.push_back(*rows[i].score);
    }
    ReadinessUncertainty result;
    if (checked.indicators.empty() || scored.size() < 2) return result;

    std::vector<std::uint32_t> order(scored.size());
    std::vector<std::uint32_t> ranks(scored.size());
    rank(reference_scores, order, ranks);
    std::vector<int> reference;
    for (const std::uint32_t at : ranks)
        reference.push_back(static_cast<int>(at) + 1);

    const UncertainScores scores(checked, scored, rows.front().as_of);
    const std::size_t base = (static_cast<std::size_t>(std::max(setting.draws, 1L)) + samples - 1) / samples;
    const std::vector<double> weights = indicator_weights(checked);
    Experiment experiment(scores, std::move(reference), checked.threshold);
    experiment.run(sample("readiness.a", base, weights, setting.seed),
                   sample("readiness.b", base, weights, setting.seed), setting.parallelism);

    result.draws = static_cast<long>(base * samples);
    for (std::size_t r = 0; r < scored.size(); ++r) {
        result.regions.push_back(
            summary(scored[r]->region_id, r, experiment.tally(), static_cast<double>(result.draws)));
        result.mean_rank_shift += result.regions.back().mean_rank_shift / static_cast<double>(scored.size());
    }
    const auto& shifts = experiment.shifts();
    const auto indices = sobol_indices(shifts[0], shifts[1], std::span(shifts).subspan(2));
    for (std::size_t i = 0; i < choices.size(); ++i)
        result.choices.push_back({std::string(choices[i]), indices[i]});
    return result;
}

}  // namespace vereda::livelihoods
