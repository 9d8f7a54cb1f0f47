/// `vereda simulate`: a landscape with known truth, as a study that runs at once.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command simulate_command();

}  // namespace vereda::app
