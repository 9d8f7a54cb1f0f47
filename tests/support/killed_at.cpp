#include "tests/support/killed_at.hpp"

#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>

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

bool opens_for_writing(std::uint64_t flags) {
    return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0;
}

bool writes(const __ptrace_syscall_info& info) {
    static constexpr std::array<long, 19> calls{
        SYS_write,    SYS_pwrite64, SYS_writev,  SYS_pwritev,   SYS_ftruncate, SYS_fsync,  SYS_fdatasync,
        SYS_renameat, SYS_unlinkat, SYS_mkdirat, SYS_renameat2, SYS_linkat,    SYS_syncfs, SYS_fallocate,
#ifdef SYS_rename
        SYS_rename,   SYS_unlink,   SYS_mkdir,   SYS_rmdir,     SYS_link
#endif
    };
    const auto number = static_cast<long>(info.entry.nr);
    if (number == SYS_openat) return opens_for_writing(info.entry.args[2]);
#ifdef SYS_open
    if (number == SYS_open) return opens_for_writing(info.entry.args[1]);
#endif
    return std::ranges::find(calls, number) != calls.end();
}

bool counts(pid_t pid, Calls calls) {
    if (calls == Calls::every) return true;
    __ptrace_syscall_info info{};
    const long size = ::ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info);
    return size > 0 && info.op == PTRACE_SYSCALL_INFO_ENTRY && writes(info);
}

[[noreturn]] void become(const KilledProgram& program, int input) {
    const int nowhere = ::open("/dev/null", O_RDWR);
    if (::chdir(program.folder.c_str()) != 0 || nowhere < 0) ::_exit(threw);
    ::dup2(input, STDIN_FILENO);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    std::vector<char*> words{const_cast<char*>(program.path.c_str())};
    for (const std::string& word : program.arguments)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execv(program.path.c_str(), words.data());
    ::_exit(threw);
}

}  // namespace

WorkEnd killed_at_call(const std::function<void()>& work, long n, Calls calls) {
    const pid_t pid = ::fork();
    if (pid == 0) child(work);
    int status = 0;
    ::waitpid(pid, &status, 0);
    if (!WIFSTOPPED(status)) return WorkEnd::untraceable;
    ::ptrace(PTRACE_SETOPTIONS, pid, nullptr, PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD);
    bool entering = false;
    long made = 0;
    long signal = 0;
    while (true) {
        ::ptrace(PTRACE_SYSCALL, pid, nullptr, signal);
        signal = 0;
        ::waitpid(pid, &status, 0);
        if (WIFEXITED(status)) return WEXITSTATUS(status) == 0 ? WorkEnd::done : WorkEnd::failed;
        if (WIFSIGNALED(status)) return WorkEnd::failed;
        const int stopped_by = WSTOPSIG(status);
        if (stopped_by != (SIGTRAP | 0x80)) {
            // The stop it begins with, and the one by which a new program is announced.
            signal = stopped_by == SIGSTOP || stopped_by == SIGTRAP ? 0 : stopped_by;
            continue;
        }
        entering = !entering;
        if (!entering || !counts(pid, calls) || ++made < n) continue;
        ::kill(pid, SIGKILL);
        ::waitpid(pid, &status, 0);
        return WorkEnd::killed;
    }
}

WorkEnd killed_at_call(const KilledProgram& program, long n, Calls calls) {
    std::FILE* input = std::tmpfile();
    if (input == nullptr) return WorkEnd::untraceable;
    std::fwrite(program.input.data(), 1, program.input.size(), input);
    std::fflush(input);
    std::rewind(input);
    const WorkEnd end = killed_at_call([&] { become(program, ::fileno(input)); }, n, calls);
    std::fclose(input);
    return end;
}

}  // namespace vereda::tests
