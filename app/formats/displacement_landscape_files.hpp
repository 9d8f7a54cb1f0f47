/// A displacement landscape as files: plots and observed land of each year, footprints of operations, regions, zones,
/// tree cover, loss years, drivers, and the truth.
#pragma once

#include "app/formats/simulated_study.hpp"
#include "simulate/displacement_landscape.hpp"

namespace vereda::app {

/// The result refers to `landscape`, which must outlive it.
[[nodiscard]] SimulatedStudy displacement_landscape_study(const simulate::DisplacementLandscape& landscape);

}  // namespace vereda::app
