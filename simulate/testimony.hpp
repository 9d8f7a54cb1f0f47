/// What is written down about each vereda: evidence for gates, indicators, incidents, yearly context.
#pragma once

#include <cstdint>
#include <vector>

#include "livelihoods/context.hpp"
#include "livelihoods/evidence.hpp"
#include "livelihoods/incident.hpp"
#include "simulate/cultivation.hpp"
#include "simulate/story.hpp"

namespace vereda::simulate {

struct Testimony {
    std::vector<livelihoods::GateStatement> evidence;
    std::vector<livelihoods::IndicatorValue> indicators;
    std::vector<livelihoods::Incident> incidents;    ///< by date
    std::vector<livelihoods::ContextValue> context;  ///< by region, year, name
};

[[nodiscard]] Testimony testimony(const LandscapeParameters& parameters, const Territory& land,
                                  const std::vector<Story>& stories, std::uint64_t seed);

}  // namespace vereda::simulate
