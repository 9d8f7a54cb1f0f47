#include "tests/support/killed_at.hpp"

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

namespace vereda::tests {

namespace {

constexpr int threw = 3;

[[noreturn]] void child(const std::function<void()>& work) {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(0);
    ::raise(SIGSTOP);
    try {
        work();
    } catch (...) {
        ::_exit(threw);
    }
    ::_exit(0);
}

}  // namespace

WorkEnd killed_at_call(const std::function<void()>& work, long n) {
    const pid_t pid = ::fork();
    if (pid == 0) child(work);
    int status = 0;
    ::waitpid(pid, &status, 0);
    if (!WIFSTOPPED(status)) return WorkEnd::untraceable;
    ::ptrace(PTRACE_SETOPTIONS, pid, nullptr, PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD);
    bool entering = false;
    long calls = 0;
    long signal = 0;
    while (true) {
        ::ptrace(PTRACE_SYSCALL, pid, nullptr, signal);
        signal = 0;
        ::waitpid(pid, &status, 0);
        if (WIFEXITED(status)) return WEXITSTATUS(status) == 0 ? WorkEnd::done : WorkEnd::failed;
        if (WIFSIGNALED(status)) return WorkEnd::failed;
        if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {
            signal = WSTOPSIG(status) == SIGSTOP ? 0 : WSTOPSIG(status);
            continue;
        }
        entering = !entering;
        if (!entering || ++calls < n) continue;
        ::kill(pid, SIGKILL);
        ::waitpid(pid, &status, 0);
        return WorkEnd::killed;
    }
}

}  // namespace vereda::tests
