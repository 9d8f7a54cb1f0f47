/// `vereda access`: travel time over terrain, roads and rivers.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command access_command();

}  // namespace vereda::app
