/// How many of some independent events happen: of which only the chances are known.
#pragma once

#include <span>

namespace vereda::livelihoods {

struct CountInterval {
    double expected = 0;
    long lo = 0;  ///< fewer with a chance of at most 2.5 %
    long hi = 0;  ///< more with a chance of at most 2.5 %
};

/// The Poisson binomial distribution of the count: exact, by convolution, up to 2,000 events that may go either way;
/// beyond, normal with continuity correction. Probabilities from 0 to 1.
[[nodiscard]] CountInterval count_interval(std::span<const double> probabilities);

}  // namespace vereda::livelihoods
