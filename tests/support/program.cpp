#include "tests/support/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace vereda::tests {

namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
    std::array<int, 2> ends{-1, -1};
    Pipe() {
        if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close_end(0);
        close_end(1);
    }
    void close_end(std::size_t i) {
        if (ends[i] >= 0) close(ends[i]);
        ends[i] = -1;
    }
};

/// A descriptor that reads this text from its beginning.
int reading(const std::string& text) {
    const int memory = memfd_create("input", MFD_CLOEXEC);
    if (write(memory, text.data(), text.size()) != static_cast<ssize_t>(text.size())) _exit(125);
    lseek(memory, 0, SEEK_SET);
    return memory;
}

[[noreturn]] void become(const std::string& program, const std::vector<std::string>& arguments,
                         const ProgramOptions& options, const Pipe& out, const Pipe& err) {
    dup2(options.input.empty() ? open("/dev/null", O_RDONLY | O_CLOEXEC) : reading(options.input), STDIN_FILENO);
    dup2(out.ends[1], STDOUT_FILENO);
    dup2(err.ends[1], STDERR_FILENO);
    setenv("LC_ALL", "C.UTF-8", 1);
    for (const auto& [name, value] : options.environment)
        setenv(name.c_str(), value.c_str(), 1);
    if (!options.folder.empty() && chdir(options.folder.c_str()) != 0) _exit(126);
    std::vector<std::string> words{program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    execv(program.c_str(), argv.data());
    _exit(127);
}

/// One read from a pipe that poll() found ready; false at its end.
bool take(int descriptor, std::string& text) {
    std::array<char, 65536> buffer;
    const ssize_t count = read(descriptor, buffer.data(), buffer.size());
    if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0 || (count < 0 && errno == EINTR);
}

void collect(pid_t child, Pipe& out, Pipe& err, const ProgramOptions& options, ProgramResult& result) {
    const auto start = Clock::now();
    bool stopped = options.stop_signal == 0;
    while (out.ends[0] >= 0 || err.ends[0] >= 0) {
        const auto elapsed = Clock::now() - start;
        if (!stopped && elapsed >= options.stop_after) {
            kill(child, options.stop_signal);
            stopped = true;
        }
        if (elapsed > options.timeout) {
            kill(child, SIGKILL);
            result.timed_out = true;
            return;
        }
        std::array<pollfd, 2> waiting{pollfd{out.ends[0], POLLIN, 0}, pollfd{err.ends[0], POLLIN, 0}};
        poll(waiting.data(), waiting.size(), 10);
        if (waiting[0].revents != 0 && !take(out.ends[0], result.out)) out.close_end(0);
        if (waiting[1].revents != 0 && !take(err.ends[0], result.err)) err.close_end(0);
    }
}

}  // namespace

ProgramResult run_program(const std::string& program, const std::vector<std::string>& arguments,
                          const ProgramOptions& options) {
    Pipe out;
    Pipe err;
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("fork failed");
    if (child == 0) become(program, arguments, options, out, err);
    out.close_end(1);
    err.close_end(1);
    ProgramResult result;
    collect(child, out, err, options, result);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    result.signalled = WIFSIGNALED(status);
    result.exit_code = result.signalled ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return result;
}

}  // namespace vereda::tests
