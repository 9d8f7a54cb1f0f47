/// Variance-based sensitivity: how much of an output's variance each uncertain input explains alone (S_i) and together
/// with all others (S_Ti).
#pragma once

#include <span>
#include <string>
#include <vector>

namespace vereda::livelihoods {

struct SobolIndex {
    double first = 0;  ///< S_i; about 0 for an input without effect, slightly below by chance
    double total = 0;  ///< S_Ti
};

/// `a` and `b`: the output of two independent samples; `ab[i]`: of sample a with input i taken from b, all of the same
/// length. Jansen's estimators, S_i = 1 - mean((b - ab_i)²) / 2V, S_Ti = mean((a - ab_i)²) / 2V (M. J. W. Jansen,
/// Comput. Phys. Commun. 117, 1999; A. Saltelli et al., Comput. Phys. Commun. 181, 2010, table 2). All zero where the
/// output does not vary.
[[nodiscard]] std::vector<SobolIndex> sobol_indices(std::span<const double> a, std::span<const double> b,
                                                    std::span<const std::vector<double>> ab);

}  // namespace vereda::livelihoods
