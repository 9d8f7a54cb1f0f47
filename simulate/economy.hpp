/// Monthly incomes of a sample of families, and the prices that make years comparable.
#pragma once

#include <cstdint>
#include <vector>

#include "livelihoods/income.hpp"
#include "simulate/landscape_parameters.hpp"
#include "simulate/society.hpp"

namespace vereda::simulate {

struct Economy {
    std::vector<livelihoods::Income> incomes;  ///< by household, month, source
    std::vector<livelihoods::Price> prices;    ///< by good, month
};

/// Every registered family where the programme followed up (so that a gate on shares of families can be judged), a
/// sample of `sampled_per_vereda` elsewhere, nobody where nothing was recorded. Crop income comes with each quarter's
/// harvest; leaf prices collapse from 2021. Baseline months reach back three years before the announcement.
[[nodiscard]] Economy economy(const PeopleParameters& parameters, const Society& people,
                              const std::vector<Story>& stories, std::uint64_t seed);

}  // namespace vereda::simulate
