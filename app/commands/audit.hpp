/// `vereda audit`: did reduction come before livelihoods? Exit 1 where it did.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command audit_command();

}  // namespace vereda::app
