#include "tests/support/terminal.hpp"

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>
#include <array>
#include <csignal>
#include <cstdlib>

namespace vereda::tests {

namespace {

using Clock = std::chrono::steady_clock;

/// Stands on no screen.
const std::string never(1, '\0');

[[noreturn]] void become(const std::string& program, const std::vector<std::string>& arguments,
                         const TerminalOptions& options) {
    ::setenv("LC_ALL", "C.UTF-8", 1);
    ::setenv("TERM", "dumb", 1);
    if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) ::_exit(126);
    std::vector<std::string> words{program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execv(program.c_str(), argv.data());
    ::_exit(127);
}

/// Takes in what the program writes until `words` stand on the screen from `seen` on; false where they do not come in
/// time.
bool read_until(int terminal, const std::string& words, std::size_t& seen, Conversation& said, Clock::time_point end) {
    while (true) {
        const std::size_t found = said.screen.find(words, seen);
        if (found != std::string::npos) {
            seen = found + words.size();
            return true;
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
        pollfd ready{terminal, POLLIN, 0};
        if (left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) <= 0) return false;
        std::array<char, 4096> bytes{};
        const ssize_t count = ::read(terminal, bytes.data(), bytes.size());
        if (count <= 0) return false;
        said.screen.append(bytes.data(), static_cast<std::size_t>(count));
    }
}

}  // namespace

Conversation converse(const std::string& program, const std::vector<std::string>& arguments,
                      const std::vector<Turn>& turns, const TerminalOptions& options) {
    Conversation said;
    int terminal = -1;
    int other_end = -1;
    if (::openpty(&terminal, &other_end, nullptr, nullptr, nullptr) != 0) return said;
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::close(terminal);
        if (::login_tty(other_end) != 0) ::_exit(125);
        become(program, arguments, options);
    }
    std::size_t seen = 0;
    said.finished = true;
    for (const Turn& turn : turns) {
        if (!read_until(terminal, turn.shown, seen, said, Clock::now() + options.timeout)) {
            said.finished = false;
            said.waiting_for = turn.shown;
            break;
        }
        const std::string keys = turn.typed == "^C" ? std::string(1, '\x03') : turn.typed + "\n";
        if (::write(terminal, keys.data(), keys.size()) < 0) break;
    }
    // This end of the terminal is open here too, so that its settings can be read once the program is gone.
    int status = 0;
    const Clock::time_point end = Clock::now() + options.timeout;
    while (said.finished && ::waitpid(pid, &status, WNOHANG) == 0) {
        if (!read_until(terminal, never, seen, said, std::min(end, Clock::now() + std::chrono::milliseconds(50))) &&
            Clock::now() >= end)
            said.finished = false;
    }
    if (!said.finished) {
        ::kill(pid, SIGKILL);
        ::waitpid(pid, &status, 0);
    }
    static_cast<void>(read_until(terminal, never, seen, said, Clock::now() + std::chrono::milliseconds(100)));
    termios settings{};
    said.echoes = ::tcgetattr(other_end, &settings) == 0 && (settings.c_lflag & ECHO) != 0;
    ::close(other_end);
    ::close(terminal);
    said.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return said;
}

}  // namespace vereda::tests
