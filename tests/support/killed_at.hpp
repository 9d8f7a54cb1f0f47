/// Kills a piece of work at one of its system calls, as a power cut would.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace vereda::tests {

enum class WorkEnd {
    killed,      ///< at the system call asked for
    done,        ///< it made fewer system calls and returned
    failed,      ///< it threw
    untraceable  ///< this machine does not let a process trace its child
};

/// Which calls count. `writing`: those that can change what stands on a medium (files opened for writing, written, cut,
/// synced, renamed, deleted, folders made). Between two of them a kill leaves what it leaves before the second.
enum class Calls { every, writing };

/// Runs `work` in a child process of one thread, which is killed (SIGKILL) just before it makes its n-th system call,
/// n from 1. Afterwards calls 1 … n-1 have happened and no other: all points between two calls are reached by n = 1, 2,
/// … until `done`.
[[nodiscard]] WorkEnd killed_at_call(const std::function<void()>& work, long n, Calls calls = Calls::every);

/// Of a program: it runs in `folder`, prints nowhere and reads `input`; the calls of its first thread count.
struct KilledProgram {
    std::string path;
    std::vector<std::string> arguments;
    std::string folder;
    std::string input = {};
};
[[nodiscard]] WorkEnd killed_at_call(const KilledProgram& program, long n, Calls calls);

}  // namespace vereda::tests
