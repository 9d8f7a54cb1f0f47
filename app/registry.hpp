/// Every command of the program: an explicit table, in the order help shows them.
#pragma once

#include <span>

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] std::span<const Command> commands();

}  // namespace vereda::app
