/// `vereda plots extract`: a classified raster's patches as polygons.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command plots_extract_command();

}  // namespace vereda::app
