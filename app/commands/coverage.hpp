/// `vereda coverage`: how far programmes really reached, and what stood in their way.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command coverage_command();

}  // namespace vereda::app
