/// The group `vereda ledger …`: a record of its own acts that a community holds.
#pragma once

#include <vector>

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] std::vector<Command> ledger_commands();

}  // namespace vereda::app
