/// The other half of optimise/association: components too wide for dynamic programming.
#pragma once

#include <vector>

#include "optimise/narrow_cover.hpp"

namespace vereda::optimise::detail {

struct WideAnswer {
    ComponentAnswer answer;
    bool proved = false;  ///< the best set is proved to be the best
};

/// `is_row`: by member. See optimise/association.hpp for the method.
[[nodiscard]] WideAnswer solve_wide(const Component& component, const std::vector<bool>& is_row,
                                    std::size_t most_states);

}  // namespace vereda::optimise::detail
