/// What the sindicatos' books say about earlier inspections of family plots, and what was really so.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "livelihoods/sanction_record.hpp"
#include "simulate/landscape_parameters.hpp"
#include "simulate/registered_plots.hpp"
#include "simulate/society.hpp"

namespace vereda::simulate {

struct PastSanction {
    livelihoods::SanctionRecord record;
    bool really_exceeded = false;  ///< the plot was over the limit then; records of a union: false
};

/// Half of the families whose plot is a fifth or more over the limit were found so by two measurements before, a few of
/// them twice; one lawful family in ten was written up after a single measurement, which proves nothing; and the union
/// of the first of them was warned for a late inspection. Days lie between the start of the rule (8 March 2017) and the
/// plot's measurement. By household, then day.
[[nodiscard]] std::vector<PastSanction> past_sanctions(const LandscapeParameters& parameters, const Society& people,
                                                       std::span<const RegisteredPlot> plots, std::uint64_t seed);

}  // namespace vereda::simulate
