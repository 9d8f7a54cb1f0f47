/// Runs a program as a user would, for tests of the command line.
#pragma once

#include <sys/types.h>
#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace vereda::tests {

struct ProgramResult {
    int exit_code = -1;  ///< 128 + signal where a signal ended it
    bool signalled = false;
    bool timed_out = false;  ///< it was killed because the time was over
    std::string out;
    std::string err;
};

struct ProgramOptions {
    std::string folder = {};                              ///< working directory; empty: the test's own
    std::map<std::string, std::string> environment = {};  ///< set besides the test's own
    std::chrono::seconds timeout{60};
    std::string input = {};  ///< what stands on stdin
    int stop_signal = 0;     ///< sent after stop_after
    std::chrono::milliseconds stop_after{0};
};

/// fork and exec; both streams are read to their ends, stdin holds what the options say. LC_ALL=C.UTF-8 unless the
/// options say otherwise.
[[nodiscard]] ProgramResult run_program(const std::string& program, const std::vector<std::string>& arguments,
                                        const ProgramOptions& options = {});

}  // namespace vereda::tests
