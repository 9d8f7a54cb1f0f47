/// `vereda plots area`.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command plots_area_command();

}  // namespace vereda::app
