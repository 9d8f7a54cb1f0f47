#include "app/stop_signals.hpp"

#include <unistd.h>
#include <csignal>
#include <filesystem>
#include <set>
#include <system_error>

#include "app/silent_terminal.hpp"
#include "geo/io/atomic_file.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr auto patience = std::chrono::milliseconds(1500);
constexpr int wake = SIGUSR1;  // the watching thread looks whether the run has ended

struct Registered {
    std::mutex mutex;
    std::set<std::string> folders;
};

Registered& registered() {
    static Registered instance;
    return instance;
}

sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, wake);
    return signals;
}

void remove_registered() {
    const std::scoped_lock lock(registered().mutex);
    for (const std::string& folder : registered().folders) {
        // Other threads may still be writing into it: what they add between the two passes goes as well.
        for (int pass = 0; pass < 3; ++pass) {
            std::error_code error;
            std::filesystem::remove_all(folder, error);
        }
    }
}

}  // namespace

StopSignals::StopSignals(Progress& progress) : progress_(progress) {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    const sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    thread_ = std::thread([this] { watch(); });
}

StopSignals::~StopSignals() {
    {
        const std::scoped_lock lock(mutex_);
        ended_ = true;
    }
    changed_.notify_all();
    pthread_kill(thread_.native_handle(), wake);
    thread_.join();
}

bool StopSignals::ended_in_time() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [this] { return ended_; });
}

void StopSignals::watch() {
    const sigset_t signals = stop_signals();
    while (true) {
        {
            const std::scoped_lock lock(mutex_);
            if (ended_) return;
        }
        const int signal = sigwaitinfo(&signals, nullptr);
        if (signal != SIGINT && signal != SIGTERM) continue;
        const ErrorKind reason = signal == SIGINT ? ErrorKind::interrupted : ErrorKind::terminated;
        progress_.stop(reason);
        if (ended_in_time()) return;
        remove_registered();
        io::remove_unfinished_files();
        end_silence();
        _exit(static_cast<int>(reason));
    }
}

TemporaryPath::TemporaryPath(std::string path) : path_(std::move(path)) {
    const std::scoped_lock lock(registered().mutex);
    registered().folders.insert(path_);
}

TemporaryPath::~TemporaryPath() {
    if (owned_) {
        std::error_code error;
        std::filesystem::remove_all(path_, error);
    }
    release();
}

void TemporaryPath::release() {
    const std::scoped_lock lock(registered().mutex);
    registered().folders.erase(path_);
    owned_ = false;
}

}  // namespace vereda::app
