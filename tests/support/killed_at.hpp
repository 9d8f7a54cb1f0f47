/// Kills a piece of work at one of its system calls, as a power cut would.
#pragma once

#include <functional>

namespace vereda::tests {

enum class WorkEnd {
    killed,      ///< at the system call asked for
    done,        ///< it made fewer system calls and returned
    failed,      ///< it threw
    untraceable  ///< this machine does not let a process trace its child
};

/// Runs `work` in a child process of one thread, which is killed (SIGKILL) just before it makes its n-th system call,
/// n from 1. Afterwards calls 1 … n-1 have happened and no other: all points between two calls are reached by n = 1, 2,
/// … until `done`.
[[nodiscard]] WorkEnd killed_at_call(const std::function<void()>& work, long n);

}  // namespace vereda::tests
