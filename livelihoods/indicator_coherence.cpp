#include "livelihoods/indicator_coherence.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "livelihoods/readiness_score.hpp"

namespace vereda::livelihoods {

namespace {

constexpr long regions_at_least = 5;
constexpr double redundant_from = 0.92;
constexpr double opposed_from = -0.4;

std::vector<double> mean_ranks(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(values[i], i); });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first;
        while (end < order.size() && values[order[end]] == values[order[first]])
            ++end;
        for (std::size_t i = first; i < end; ++i)
            ranks[order[i]] = static_cast<double>(first + end - 1) / 2;
        first = end;
    }
    return ranks;
}

Coherence finding_of(const CoherenceRow& row) {
    if (row.regions < regions_at_least) return Coherence::few_regions;
    if (!row.pearson) return Coherence::constant;
    if (std::abs(*row.pearson) >= redundant_from) return Coherence::redundant;
    return row.same_pillar && *row.pearson <= opposed_from ? Coherence::opposed : Coherence::fine;
}

}  // namespace

std::string_view name_of(Coherence finding) {
    switch (finding) {
        case Coherence::fine:
            return "fine";
        case Coherence::redundant:
            return "redundant";
        case Coherence::opposed:
            return "opposed";
        case Coherence::constant:
            return "constant";
        case Coherence::few_regions:
            break;
    }
    return "few_regions";
}

std::optional<double> correlation(std::span<const double> x, std::span<const double> y) {
    if (x.size() < 2) return std::nullopt;
    const auto n = static_cast<double>(x.size());
    const double mean_x = std::accumulate(x.begin(), x.end(), 0.0) / n;
    const double mean_y = std::accumulate(y.begin(), y.end(), 0.0) / n;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
        xy += (x[i] - mean_x) * (y[i] - mean_y);
    }
    if (!(xx > 1e-20 && yy > 1e-20)) return std::nullopt;
    return std::clamp(xy / std::sqrt(xx * yy), -1.0, 1.0);
}

std::vector<CoherenceRow> indicator_coherence(const ReadinessModel& model, std::span<const RegionFacts> facts,
                                              geo::Date as_of) {
    const std::size_t count = model.indicators.size();
    std::vector<std::vector<std::optional<double>>> z(count);
    for (std::size_t k = 0; k < count; ++k) {
        for (const RegionFacts& region : facts) {
            const Measure* measure = usable_measure(region, model.indicators[k].id, as_of);
            z[k].push_back(measure != nullptr && measure->value
                               ? std::optional(normalised(*measure->value, model.indicators[k]))
                               : std::nullopt);
        }
    }
    std::vector<CoherenceRow> rows;
    for (std::size_t a = 0; a < count; ++a) {
        for (std::size_t b = a + 1; b < count; ++b) {
            std::vector<double> x;
            std::vector<double> y;
            for (std::size_t r = 0; r < facts.size(); ++r) {
                if (!z[a][r] || !z[b][r]) continue;
                x.push_back(*z[a][r]);
                y.push_back(*z[b][r]);
            }
            CoherenceRow row{model.indicators[a].id,
                             model.indicators[b].id,
                             model.indicators[a].pillar == model.indicators[b].pillar,
                             static_cast<long>(x.size()),
                             std::nullopt,
                             std::nullopt,
                             Coherence::fine};
            if (row.regions >= regions_at_least) {
                row.pearson = correlation(x, y);
                row.spearman = correlation(mean_ranks(x), mean_ranks(y));
            }
            row.finding = finding_of(row);
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

}  // namespace vereda::livelihoods
