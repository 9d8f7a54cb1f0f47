/// Progress on a terminal: stage, bar, share done, remaining time. Nothing at all where stderr is no terminal.
#pragma once

#include <chrono>
#include <mutex>
#include <ostream>
#include <string>

#include "app/messages.hpp"
#include "geo/progress.hpp"

namespace vereda::app {

class ProgressBar final : public geo::Progress {
  public:
    /// Draws on `out` at most ten times a second, on one line that it rewrites, `columns` wide.
    ProgressBar(std::ostream& out, const Messages& messages, int columns);
    ~ProgressBar() override;

    void start_stage(geo::Message name, std::int64_t total) override;
    /// Wipes the line, so that other text can be written.
    void clear();

  protected:
    void shown(std::int64_t done) override;

  private:
    using Clock = std::chrono::steady_clock;
    void draw(std::int64_t done, Clock::time_point now);

    std::ostream& out_;
    const Messages& messages_;
    int columns_;
    std::mutex mutex_;
    std::string stage_;
    std::int64_t total_ = 0;
    Clock::time_point started_;
    std::atomic<Clock::rep> next_draw_ = 0;
    bool drawn_ = false;
};

/// "4 s", "2 min 05 s", "1 h 20 min".
[[nodiscard]] std::string short_duration(std::chrono::seconds duration);

}  // namespace vereda::app
