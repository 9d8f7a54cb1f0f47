/// `vereda cato`: which families fit a small-plot rule, by a study or by plots and a register alone.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command cato_command();

}  // namespace vereda::app
