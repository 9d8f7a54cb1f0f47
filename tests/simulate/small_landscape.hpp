/// A landscape small enough for tests to make several, and the preset made once for all tests.
#pragma once

#include <map>

#include "simulate/landscape.hpp"

namespace vereda::tests {

/// A third of the preset's extent, fewer families; the same rules.
[[nodiscard]] inline simulate::LandscapeParameters small_parameters() {
    simulate::LandscapeParameters parameters;
    parameters.columns = 402;
    parameters.rows = 351;
    parameters.territory.veredas = 12;
    parameters.territory.municipalities = 3;
    parameters.terrain.steps = 50;
    parameters.people.households = 260;
    parameters.small_plots.plots = 80;
    parameters.cultivation.coca_plots_at_start = 140;
    parameters.cultivation.poppy_plots = 8;
    return parameters;
}

[[nodiscard]] inline const simulate::Landscape& small_landscape(std::uint64_t seed) {
    static std::map<std::uint64_t, simulate::Landscape> made;
    const auto found = made.find(seed);
    if (found != made.end()) return found->second;
    return made.emplace(seed, simulate::simulate(small_parameters(), seed)).first->second;
}

/// Seeds over which every law must hold.
inline constexpr std::uint64_t law_seeds[] = {1, 2, 3};

}  // namespace vereda::tests
