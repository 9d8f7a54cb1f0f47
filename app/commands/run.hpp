/// `vereda run`: every analysis that a study has data for, into one output folder.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command run_command();

}  // namespace vereda::app
