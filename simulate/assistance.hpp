/// Programmes and what they promised and delivered, vereda by vereda as its story goes.
#pragma once

#include <cstdint>
#include <vector>

#include "livelihoods/programme.hpp"
#include "simulate/landscape_parameters.hpp"
#include "simulate/society.hpp"

namespace vereda::simulate {

struct Assistance {
    std::vector<livelihoods::Programme> programmes;
    std::vector<livelihoods::Delivery> deliveries;  ///< households' first, then regions'
};

[[nodiscard]] Assistance assistance(const PeopleParameters& parameters, const Territory& land, const Society& people,
                                    const std::vector<Story>& stories, std::uint64_t seed);

}  // namespace vereda::simulate
