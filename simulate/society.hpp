/// The families of the landscape and whose plots are whose.
#pragma once

#include <cstdint>
#include <vector>

#include "livelihoods/household.hpp"
#include "simulate/cultivation.hpp"
#include "simulate/landscape_parameters.hpp"
#include "simulate/story.hpp"
#include "simulate/territory.hpp"

namespace vereda::simulate {

struct Society {
    std::vector<livelihoods::Household> households;  ///< by id; homes in the study CRS
    std::vector<std::size_t> vereda;                 ///< of each household
    std::vector<int> owner;  ///< household position of each true plot; -1: nobody of the register
};

/// Also fills in each vereda's census households.
[[nodiscard]] Society society(const PeopleParameters& parameters, Territory& land, const Cultivation& cultivation,
                              const std::vector<Story>& stories, std::uint64_t seed);

}  // namespace vereda::simulate
