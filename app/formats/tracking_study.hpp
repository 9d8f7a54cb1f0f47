/// A tracking landscape as a study: surveys of every year, what each one saw, operations, and the truth.
#pragma once

#include "app/formats/simulated_study.hpp"
#include "simulate/tracking_landscape.hpp"

namespace vereda::app {

[[nodiscard]] SimulatedStudy tracking_study(const simulate::TrackingLandscape& landscape);

}  // namespace vereda::app
