/// `vereda plots track`.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command plots_track_command();

}  // namespace vereda::app
