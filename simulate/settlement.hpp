/// Where people live: villages in valleys, the land around each, and the municipality it belongs to.
#pragma once

#include <cstdint>
#include <vector>

#include "simulate/landscape_parameters.hpp"
#include "simulate/territory.hpp"

namespace vereda::simulate {

struct Settlement {
    std::vector<Vereda> veredas;     ///< by id
    std::vector<std::size_t> towns;  ///< positions of the veredas that hold each municipality's town
};

/// Villages keep near rivers (`to_river`, metres) and apart from each other; ridges part their lands.
[[nodiscard]] Settlement settle(const TerritoryParameters& parameters, const Surface& elevation,
                                const Surface& to_river, std::uint64_t seed);

}  // namespace vereda::simulate
