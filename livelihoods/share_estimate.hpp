/// A share of households when some of them are not known.
#pragma once

#include "livelihoods/readiness.hpp"

namespace vereda::livelihoods {

struct ShareCount {
    long met = 0;
    long known = 0;  ///< met or certainly not
    long all = 0;
};

/// Known of fewer than two thirds: the known ones are taken as a random sample of the register (d) and lo, hi are
/// Wilson's 95 % interval with the finite-population correction, n' = n·(N − 1)/(N − n) (E. B. Wilson, J. Am. Stat.
/// Assoc. 22, 1927). Otherwise lo = met ÷ all and hi = (met + unknown) ÷ all, whatever the missing ones turn out to be.
/// value = met ÷ known; everything empty where nobody is known.
[[nodiscard]] Measure share_measure(const ShareCount& count);

}  // namespace vereda::livelihoods
