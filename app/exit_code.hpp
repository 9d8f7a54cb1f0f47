/// What the process says to its caller when it ends (docs: README, "Exit codes").
#pragma once

#include "geo/error.hpp"

namespace vereda::app {

enum class ExitCode : int {
    done = 0,           ///< warnings are counted, not signalled
    answer_is_no = 1,   ///< done, and the answer is "no": `check` found problems
    usage = 2,          ///< wrong command line or configuration
    input = 3,          ///< input refused
    policy = 4,         ///< a file that points elsewhere, a bomb, a path outside
    resource = 5,       ///< disk, memory, permission, lock
    integrity = 6,      ///< ledger, checkpoint, frozen baseline
    internal = 7,       ///< a bug of ours
    interrupted = 130,  ///< SIGINT
    terminated = 143,   ///< SIGTERM
};

/// The exit code that an error's kind stands for.
[[nodiscard]] ExitCode exit_code_of(geo::ErrorKind kind);

}  // namespace vereda::app
