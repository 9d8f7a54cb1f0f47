/// Welfare beside hectares: at most twelve indicators per region and period, unknown shown as unknown (methods §8).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "livelihoods/facts.hpp"
#include "livelihoods/readiness_model.hpp"
#include "regions/forest_loss.hpp"

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

/// One row per region, year and indicator, sorted so, unknown ones included: the state at the end of each year.
/// Indicators whose registers hold nothing have an empty value, never a zero.
[[nodiscard]] std::vector<WelfareRow> welfare(std::span<const std::string> region_ids, std::span<const int> years,
                                              const Registers& registers, std::span<const regions::LossRow> loss,
                                              geo::Diagnostics& diagnostics);

}  // namespace vereda::livelihoods
