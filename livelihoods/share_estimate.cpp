#include "livelihoods/share_estimate.hpp"

#include <algorithm>
#include <cmath>

namespace vereda::livelihoods {

namespace {

constexpr double sample_below = 2.0 / 3;
constexpr double z95 = 1.959963984540054;

}  // namespace

Measure share_measure(const ShareCount& count) {
    Measure measure;
    measure.unit = "share";
    if (count.known <= 0) return measure;
    const double met = static_cast<double>(count.met);
    const double n = static_cast<double>(count.known);
    const double all = static_cast<double>(count.all);
    measure.value = met / n;
    measure.lo = met / all;
    measure.hi = (met + all - n) / all;
    if (n >= sample_below * all) return measure;
    const double p = met / n;
    const double effective = n * (all - 1) / (all - n);
    const double z2 = z95 * z95 / effective;
    const double centre = (p + z2 / 2) / (1 + z2);
    const double half = z95 / (1 + z2) * std::sqrt(p * (1 - p) / effective + z2 / (4 * effective));
    // The interval never claims less than what is counted, nor more than what is left.
    measure.lo = std::clamp(centre - half, *measure.lo, p);
    measure.hi = std::clamp(centre + half, p, *measure.hi);
    return measure;
}

}  // namespace vereda::livelihoods
