/// From argv to a command and its checked arguments. CLI11 cuts the words; every check and every text is ours.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"
#include "app/messages.hpp"

namespace vereda::app {

struct ParsedLine {
    bool version = false;
    bool help = false;
    const Command* command = nullptr;  ///< nullptr: none was named
    std::map<std::string, std::vector<std::string>, std::less<>> given;
};

/// Throws Error(usage) with the nearest valid command or option. Values are not checked yet: see Arguments.
[[nodiscard]] ParsedLine parse_line(std::span<const Command> commands, const std::vector<std::string>& words);

/// The language that `--lang` in the words names, before anything else is parsed; nullopt without one.
[[nodiscard]] std::optional<Language> language_asked(const std::vector<std::string>& words);

/// Own parameters, then those of every command.
[[nodiscard]] std::vector<Parameter> all_parameters(const Command& command);

}  // namespace vereda::app
