/// Help texts and docs/command-line.md, both written from the registry.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/command.hpp"
#include "app/messages.hpp"

namespace vereda::app {

/// "vereda plots area STUDY --out DIR [options]"
[[nodiscard]] std::string usage_line(const Command& command);

/// "-o, --out DIR" and its meaning with unit, range and default.
using HelpRow = std::pair<std::string, std::string>;
[[nodiscard]] std::vector<HelpRow> option_rows(const std::vector<Parameter>& parameters, const Messages& messages);

/// `vereda --help`
[[nodiscard]] std::string program_help(std::span<const Command> commands, const Messages& messages);
/// `vereda COMMAND --help`
[[nodiscard]] std::string command_help(const Command& command, const Messages& messages);
/// The whole of docs/command-line.md.
[[nodiscard]] std::string command_line_document(std::span<const Command> commands, const Messages& messages);

}  // namespace vereda::app
