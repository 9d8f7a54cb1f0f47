/// From probabilities to links: which are made, which are left open for review.
#pragma once

#include <cstdint>
#include <vector>

#include "optimise/association.hpp"
#include "regions/link_hypotheses.hpp"
#include "regions/plot_identity.hpp"

namespace vereda::regions {

struct DecidedAlternative {
    std::uint32_t known = 0;
    std::uint32_t seen = 0;
    double probability = 0;
};

struct DecidedLink {
    std::uint32_t known = 0;
    std::uint32_t seen = 0;
    double probability = 0;  ///< summed over all hypotheses that hold both
    LinkForm form = LinkForm::single;
    std::uint32_t group = 0;  ///< links of one split or merger share it
    std::vector<DecidedAlternative> alternatives;
};

struct LinkDecision {
    std::vector<DecidedLink> links;      ///< groups together, by their first outline
    std::vector<DecidedLink> uncertain;  ///< by outline, then known plot
    std::vector<bool> known_linked;      ///< by known plot
};

/// Links of the best set with probability ≥ accept are made. Other links of it, and the likeliest one of every outline
/// and known plot that is left over, are uncertain from `review` on.
[[nodiscard]] LinkDecision decided_links(const LinkHypotheses& hypotheses, const optimise::Association& association,
                                         double accept, double review);

}  // namespace vereda::regions
