/// A conversation with a program on a terminal of its own (a pseudo terminal), as a person has it.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace vereda::tests {

/// What is typed once the program has shown some words; the line end is typed with it.
struct Turn {
    std::string shown;
    std::string typed;
};

struct Conversation {
    std::string screen;       ///< everything the terminal showed, typing included
    int exit_code = -1;       ///< 128 + signal where a signal ended it
    bool finished = false;    ///< false: the words of a turn did not come, and it was killed
    bool echoes = false;      ///< at its end the terminal shows again what is typed
    std::string waiting_for;  ///< where not finished
};

struct TerminalOptions {
    std::string folder;
    std::chrono::seconds timeout{120};  ///< for each turn
};

/// Each turn waits for words that have not been seen yet. "^C" is typed as the key that interrupts.
[[nodiscard]] Conversation converse(const std::string& program, const std::vector<std::string>& arguments,
                                    const std::vector<Turn>& turns, const TerminalOptions& options);

}  // namespace vereda::tests
