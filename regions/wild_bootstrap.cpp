#include "regions/wild_bootstrap.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "geo/random.hpp"

namespace vereda::regions {

namespace {

constexpr int kFewClusters = 12;
constexpr int kHalvings = 60;
/// Intervals wider than this many standard errors to a side are called unbounded.
constexpr double kWidest = 1e4;

double weight(geo::Random& random, bool few) {
    static const std::array<double, 6> webb{-std::sqrt(1.5), -1, -std::sqrt(0.5), std::sqrt(0.5), 1, std::sqrt(1.5)};
    return few ? webb[static_cast<std::size_t>(random.integer(0, 5))] : random.chance(0.5) ? 1.0 : -1.0;
}

}  // namespace

WildBootstrap::WildBootstrap(std::span<const ClusterSums> clusters, int draws, std::uint64_t seed) {
    double xy = 0;
    for (const ClusterSums& sums : clusters) {
        if (sums.xx == 0) continue;
        sums_.push_back(sums);
        xy += sums.xy;
        xx_ += sums.xx;
        xx_squares_ += sums.xx * sums.xx;
    }
    if (xx_ <= 0) return;
    estimate_ = xy / xx_;
    const auto count = static_cast<double>(sums_.size());
    if (sums_.size() < 2) return;
    double squares = 0;
    for (const ClusterSums& sums : sums_) {
        const double score = sums.xy - estimate_ * sums.xx;
        squares += score * score;
    }
    error_ = std::sqrt(squares * count / (count - 1)) / xx_;
    geo::Random random(seed, "wild-bootstrap");
    const bool few = sums_.size() <= kFewClusters;
    for (int d = 0; d < draws; ++d) {
        Draw draw;
        for (const ClusterSums& sums : sums_) {
            const double v = weight(random, few);
            draw.va += v * sums.xy;
            draw.vb += v * sums.xx;
            draw.vab += v * sums.xy * sums.xx;
            draw.vbb += v * sums.xx * sums.xx;
            draw.vvaa += v * v * sums.xy * sums.xy;
            draw.vvab += v * v * sums.xy * sums.xx;
            draw.vvbb += v * v * sums.xx * sums.xx;
        }
        draws_.push_back(draw);
    }
}

double WildBootstrap::effective_clusters() const {
    return xx_squares_ > 0 ? xx_ * xx_ / xx_squares_ : 0;
}

double WildBootstrap::p_of(double value, Side side) const {
    if (!error_) return 1;
    const auto count = static_cast<double>(sums_.size());
    const double correction = count / (count - 1);
    const double observed = *error_ > 0 ? (estimate_ - value) / *error_ : 0;
    int as_far = 0;
    for (const Draw& draw : draws_) {
        const double numerator = draw.va - value * draw.vb;
        const double shift = numerator / xx_;
        const double squares = draw.vvaa - 2 * value * draw.vvab + value * value * draw.vvbb -
                               2 * shift * (draw.vab - value * draw.vbb) + shift * shift * xx_squares_;
        const double t = squares > 0 ? numerator / std::sqrt(squares * correction) : 0;
        // An upper bound refuses large values: the estimate lies far below them.
        as_far += side == Side::both ? std::abs(t) >= std::abs(observed) : t <= observed;
    }
    return (1.0 + as_far) / (1.0 + static_cast<double>(draws_.size()));
}

double WildBootstrap::p_value(double value) const {
    return p_of(value, Side::both);
}

double WildBootstrap::crossing(double size, Side side, double direction) const {
    const double step = *error_ > 0 ? *error_ : 1e-12;
    double inside = 0;
    double outside = 2;
    while (p_of(estimate_ + direction * outside * step, side) > size) {
        inside = outside;
        outside *= 2;
        if (outside > kWidest) return direction * std::numeric_limits<double>::infinity();
    }
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = (inside + outside) / 2;
        (p_of(estimate_ + direction * middle * step, side) > size ? inside : outside) = middle;
    }
    return estimate_ + direction * outside * step;
}

std::optional<Interval> WildBootstrap::interval(double level) const {
    if (!error_) return std::nullopt;
    return Interval{crossing(1 - level, Side::both, -1), crossing(1 - level, Side::both, 1)};
}

std::optional<double> WildBootstrap::upper_bound(double size) const {
    if (!error_) return std::nullopt;
    return crossing(size, Side::upper, 1);
}

}  // namespace vereda::regions
