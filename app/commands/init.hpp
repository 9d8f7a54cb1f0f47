/// `vereda init`: a commented study file and CSV templates in a new folder.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command init_command();

}  // namespace vereda::app
