/// What the example of each command prints, in English: shown by `--help`, compared with the program by a test.
#pragma once

#include <string_view>

namespace vereda::app {

/// Of the example of the command with this name, without the last line end; numbers are those of one run. "…" stands
/// for what is new in every run. Empty for a command that prints nothing.
[[nodiscard]] std::string_view example_output(std::string_view command);

}  // namespace vereda::app
