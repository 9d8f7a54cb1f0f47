#include "app/silent_terminal.hpp"

#include <termios.h>
#include <unistd.h>
#include <mutex>
#include <optional>

namespace vereda::app {

namespace {

struct Before {
    std::mutex mutex;
    std::optional<termios> settings;
};

Before& before() {
    static Before instance;
    return instance;
}

}  // namespace

SilentTerminal::SilentTerminal() {
    const std::scoped_lock lock(before().mutex);
    termios settings{};
    if (::tcgetattr(STDIN_FILENO, &settings) != 0) return;
    before().settings = settings;
    settings.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings);
}

SilentTerminal::~SilentTerminal() {
    end_silence();
}

void end_silence() {
    const std::scoped_lock lock(before().mutex);
    if (before().settings) ::tcsetattr(STDIN_FILENO, TCSADRAIN, &*before().settings);
    before().settings.reset();
}

}  // namespace vereda::app
