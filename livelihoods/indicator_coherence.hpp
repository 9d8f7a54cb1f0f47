/// Whether a model's indicators hang together on the data: checked before any uncertainty is computed (OECD and JRC,
/// Handbook on Constructing Composite Indicators, 2008, steps 4 and 5).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "livelihoods/readiness.hpp"

namespace vereda::livelihoods {

enum class Coherence {
    fine,
    redundant,   ///< Pearson of at least 0.92 in size: the two say the same, and count twice (d)
    opposed,     ///< of one pillar, and Pearson of at most -0.4: they cancel each other (d)
    constant,    ///< one of the two does not vary over the regions
    few_regions  ///< fewer than five regions know both (d)
};
[[nodiscard]] std::string_view name_of(Coherence finding);

/// Of a pair of indicators, on their z (so that "higher" is better for both).
struct CoherenceRow {
    std::string indicator_a;
    std::string indicator_b;
    bool same_pillar = false;
    long regions = 0;  ///< that know both
    std::optional<double> pearson;
    std::optional<double> spearman;  ///< with mean ranks for equals
    Coherence finding = Coherence::fine;
};

/// Every pair once, in the model's order.
[[nodiscard]] std::vector<CoherenceRow> indicator_coherence(const ReadinessModel& model,
                                                            std::span<const RegionFacts> facts, geo::Date as_of);

/// Product-moment correlation of values of equal number; nullopt where either does not vary.
[[nodiscard]] std::optional<double> correlation(std::span<const double> x, std::span<const double> y);

}  // namespace vereda::livelihoods
