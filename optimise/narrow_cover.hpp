/// The exact half of optimise/association: one component by dynamic programming over its members.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "optimise/association.hpp"

namespace vereda::optimise::detail {

/// Hypotheses over members numbered 0 … members−1 in the order of the work.
struct Component {
    std::size_t members = 0;
    std::vector<Hypothesis> hypotheses;
};

struct ComponentAnswer {
    std::vector<std::uint8_t> chosen;
    std::vector<double> probability;
};

/// nullopt where the component is too wide: a hypothesis spans more than 63 members, or more states than `most_states`
/// are open at one member.
[[nodiscard]] std::optional<ComponentAnswer> solve_narrow(const Component& component, std::size_t most_states);

}  // namespace vereda::optimise::detail
