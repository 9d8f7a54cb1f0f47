/// Writes a simulated study as a user would keep one: study.toml, layers, registers, rasters, and the truth beside
/// them.
#pragma once

#include <string>

#include "geo/progress.hpp"
#include "simulate/landscape.hpp"

namespace vereda::app {

/// Into an existing folder. Bytes depend on the landscape alone. Throws Error(resource).
void write_landscape(const simulate::Landscape& landscape, const std::string& folder, geo::Progress& progress);

}  // namespace vereda::app
