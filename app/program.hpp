/// The whole program as a function: parses, runs one command, turns whatever is thrown into one line and an exit code.
#pragma once

#include <string>
#include <vector>

#include "app/exit_code.hpp"

namespace vereda::app {

/// `words` without the program's own name. Answers go to stdout, everything else to stderr. A reader who closes stdout
/// early
/// (`| head`) has what it wanted: that is no error; any other failure to write stdout is ExitCode::resource.
[[nodiscard]] ExitCode run_program(const std::vector<std::string>& words);

}  // namespace vereda::app
