/// `vereda check`: validates every input of a study, lists every problem at once, changes nothing.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command check_command();

}  // namespace vereda::app
