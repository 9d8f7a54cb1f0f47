#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command loss_command();

}  // namespace vereda::app
