#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command accuracy_command();

}  // namespace vereda::app
