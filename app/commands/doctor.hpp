/// `vereda doctor`: versions, where the program's data lie, what is missing.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command doctor_command();

}  // namespace vereda::app
