/// `vereda plots permanence`.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command plots_permanence_command();

}  // namespace vereda::app
