/// Help texts and docs/command-line.md, both written from the registry.
#pragma once

#include <span>
#include <string>

#include "app/command.hpp"
#include "app/messages.hpp"

namespace vereda::app {

/// `vereda --help`
[[nodiscard]] std::string program_help(std::span<const Command> commands, const Messages& messages);
/// `vereda COMMAND --help`
[[nodiscard]] std::string command_help(const Command& command, const Messages& messages);
/// The whole of docs/command-line.md.
[[nodiscard]] std::string command_line_document(std::span<const Command> commands, const Messages& messages);

}  // namespace vereda::app
