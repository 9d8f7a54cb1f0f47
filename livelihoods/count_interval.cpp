#include "livelihoods/count_interval.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace vereda::livelihoods {

namespace {

constexpr double tail = 0.025;
constexpr double normal_quantile = 1.959963984540054;
constexpr std::size_t exact_at_most = 2000;

/// Chances of 0, 1, … of the events.
std::vector<double> distribution(std::span<const double> open) {
    std::vector<double> chance{1};
    for (const double p : open) {
        chance.push_back(0);
        for (std::size_t k = chance.size() - 1; k > 0; --k)
            chance[k] = chance[k] * (1 - p) + chance[k - 1] * p;
        chance[0] *= 1 - p;
    }
    return chance;
}

}  // namespace

CountInterval count_interval(std::span<const double> probabilities) {
    CountInterval result;
    std::vector<double> open;
    long certain = 0;
    double variance = 0;
    for (const double p : probabilities) {
        result.expected += p;
        variance += p * (1 - p);
        if (p >= 1) {
            ++certain;
        } else if (p > 0) {
            open.push_back(p);
        }
    }
    const long most = static_cast<long>(open.size());
    if (open.size() > exact_at_most) {
        const double half = normal_quantile * std::sqrt(variance);
        const double middle = result.expected - static_cast<double>(certain);
        result.lo = certain + std::clamp(std::lround(std::floor(middle - half)), 0L, most);
        result.hi = certain + std::clamp(std::lround(std::ceil(middle + half)), 0L, most);
        return result;
    }
    const std::vector<double> chance = distribution(open);
    double below = 0;
    for (result.lo = 0; result.lo < most; ++result.lo) {
        below += chance[static_cast<std::size_t>(result.lo)];
        if (below > tail) break;
    }
    double above = 0;
    for (result.hi = most; result.hi > 0; --result.hi) {
        above += chance[static_cast<std::size_t>(result.hi)];
        if (above > tail) break;
    }
    result.lo += certain;
    result.hi += certain;
    return result;
}

}  // namespace vereda::livelihoods
