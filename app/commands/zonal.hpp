/// `vereda zonal`: exact-coverage statistics of rasters under polygons.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command zonal_command();

}  // namespace vereda::app
