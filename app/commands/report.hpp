/// `vereda report`
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command report_command();

}  // namespace vereda::app
