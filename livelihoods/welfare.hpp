/// Welfare beside hectares: at most twelve indicators per region and period, unknown shown as unknown (methods §8).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "livelihoods/readiness_model.hpp"

namespace vereda::livelihoods {

inline constexpr int welfare_indicators_at_most = 12;

struct WelfareRow {
    std::string region_id;
    std::string period;
    std::string indicator;  ///< id; its title stands in the catalogue as "welfare.<id>"
    std::optional<double> value;
    std::optional<double> lo;
    std::optional<double> hi;
    std::string unit;
    Direction direction = Direction::higher_is_better;
    std::string source;
};

}  // namespace vereda::livelihoods
