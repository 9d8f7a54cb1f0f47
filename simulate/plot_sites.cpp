#include "simulate/plot_sites.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vereda::simulate {

namespace {

constexpr double margin = 250;  ///< metres kept free along the edge of the extent
constexpr double gap = 4;       ///< metres between plots

/// Rises from 0 at `from` over `width`, falls to 0 at `to`.
double between(double value, double from, double to, double width) {
    return std::clamp(std::min(value - from, to - value) / width, 0.0, 1.0);
}

/// A hump that is highest at the middle distance from roads or rivers: reachable, but out of sight.
double hidden_but_near(double metres) {
    return (metres / 350) * std::exp(1 - metres / 350);
}

std::vector<double> running_sum(const Surface& surface) {
    std::vector<double> out(surface.values.size());
    double sum = 0;
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = sum += surface.values[i];
    return out;
}

}  // namespace

PlotSites::PlotSites(const CultivationParameters& parameters, const Territory& land, const Surface& tree_cover)
    : extent_(land.frame.extent()), coca_(land.frame), poppy_(land.frame) {
    for (std::size_t i = 0; i < land.frame.size(); ++i) {
        const double reach = hidden_but_near(std::min(land.to_road.values[i], 1.4 * land.to_river.values[i]));
        const double slope = std::clamp(1.1 - 1.4 * land.slope.values[i], 0.0, 1.0);
        const double edge = tree_cover.values[i] >= 30 ? 1.0 : 0.35;
        const double height = land.elevation.values[i];
        coca_.values[i] =
            reach * slope * edge * between(height, parameters.coca_from.value(), parameters.coca_to.value(), 150);
        poppy_.values[i] = (0.15 + reach) * slope * between(height, parameters.poppy_from.value(), 1e9, 80);
    }
    coca_sum_ = running_sum(coca_);
    poppy_sum_ = running_sum(poppy_);
}

bool PlotSites::free(geo::Point centre, double radius) const {
    if (centre.x - margin < extent_.min.x || centre.x + margin > extent_.max.x || centre.y - margin < extent_.min.y ||
        centre.y + margin > extent_.max.y) {
        return false;
    }
    return std::none_of(taken_.begin(), taken_.end(), [&](const Taken& other) {
        return std::hypot(other.centre.x - centre.x, other.centre.y - centre.y) < other.radius + radius + gap;
    });
}

std::optional<geo::Point> PlotSites::anywhere(regions::Crop crop, double radius, Random& random) const {
    const std::vector<double>& sum = crop == regions::Crop::coca ? coca_sum_ : poppy_sum_;
    const Frame& frame = coca_.frame;
    for (int draw = 0; draw < 200 && sum.back() > 0; ++draw) {
        const double target = random.uniform(0, sum.back());
        const auto cell = static_cast<std::size_t>(std::upper_bound(sum.begin(), sum.end(), target) - sum.begin());
        const geo::Point centre = frame.centre(std::min(cell, frame.size() - 1));
        const geo::Point p{centre.x + random.uniform(-15, 15), centre.y + random.uniform(-15, 15)};
        if (free(p, radius)) return p;
    }
    return std::nullopt;
}

std::optional<geo::Point> PlotSites::near(regions::Crop crop, const Around& around, double radius,
                                          Random& random) const {
    const Surface& suitable = suitability(crop);
    for (int draw = 0; draw < 600; ++draw) {
        const double angle = random.uniform(0, 2 * std::numbers::pi);
        const double t = random.uniform();
        const double distance = around.nearest + (around.farthest - around.nearest) * t * t;
        const geo::Point p{around.from.x + distance * std::cos(angle), around.from.y + distance * std::sin(angle)};
        if (free(p, radius) && random.chance(suitable.nearest(p))) return p;
    }
    return std::nullopt;
}

void PlotSites::take(geo::Point centre, double radius) {
    taken_.push_back({centre, radius});
}

bool PlotSites::may_grow(geo::Point centre, double radius) const {
    return std::none_of(taken_.begin(), taken_.end(), [&](const Taken& other) {
        if (other.centre == centre) return false;
        return std::hypot(other.centre.x - centre.x, other.centre.y - centre.y) < other.radius + radius + gap;
    });
}

}  // namespace vereda::simulate
