/// Manual pages (man-pages(7)) and shell completion, both written from the registry.
#pragma once

#include <span>
#include <string>

#include "app/command.hpp"
#include "app/messages.hpp"

namespace vereda::app {

/// vereda(1): every command with its summary, the options of all, exit codes.
[[nodiscard]] std::string program_manual(std::span<const Command> commands, const Messages& messages);
/// vereda-COMMAND(1), blanks of the name as dashes.
[[nodiscard]] std::string command_manual(const Command& command, const Messages& messages);
/// "vereda-plots-extract.1"
[[nodiscard]] std::string manual_name(const Command& command);

/// For bash: commands, groups, options, choices, files after options that take a path.
[[nodiscard]] std::string bash_completion(std::span<const Command> commands);

}  // namespace vereda::app
