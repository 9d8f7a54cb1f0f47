#include "regions/adjustment.hpp"

#include <cmath>

namespace vereda::regions {

double date_factor(double growth_rate, int days) {
    if (days == 0 || growth_rate == 0) return 1;
    return std::pow(1 + growth_rate, days / 365.0);
}

std::optional<double> growth_rate(double earlier, double later, int years) {
    if (!(earlier > 0) || !(later > 0) || years <= 0) return std::nullopt;
    return std::pow(later / earlier, 1.0 / years) - 1;
}

std::optional<double> Effectiveness::of(EradicationKind kind) const {
    switch (kind) {
        case EradicationKind::manual_forced:
        case EradicationKind::conditioned:
        case EradicationKind::voluntary:
        case EradicationKind::community:
            return by_hand;
        case EradicationKind::aerial:
            return aerial;
        case EradicationKind::unknown:
            return unknown;
        case EradicationKind::pruned_or_renewed:
            return 0;
    }
    return std::nullopt;
}

std::int64_t reversed(std::int64_t control_adjusted, std::int64_t date_m2, std::int64_t gap_m2,
                      std::int64_t control_m2) {
    return control_adjusted + control_m2 - gap_m2 - date_m2;
}

}  // namespace vereda::regions
