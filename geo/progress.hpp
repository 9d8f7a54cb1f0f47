/// Progress out, interruption in. Long loops call advance() now and then; app shows it and turns signals into stop().
#pragma once

#include <atomic>
#include <cstdint>

#include "geo/error.hpp"

namespace vereda::geo {

class Progress {
  public:
    Progress() = default;
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    virtual ~Progress() = default;

    /// A stage of `total` equal steps starts; stages are declared in order, each once.
    virtual void start_stage(Message name, std::int64_t total);
    /// `steps` more are done. From any thread. Throws Error(interrupted or terminated) once stop() was called.
    void advance(std::int64_t steps = 1);
    /// Throws as advance() does, counts nothing: for loops that have no steps to report.
    void check() const;

    /// Asks every loop to stop at its next advance() or check(). Async-signal-safe.
    void stop(ErrorKind reason) noexcept { stop_.store(static_cast<int>(reason), std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t done() const { return done_.load(std::memory_order_relaxed); }

  protected:
    virtual void shown(std::int64_t done);  ///< called by advance(); must be cheap and thread-safe
    std::atomic<std::int64_t> done_ = 0;

  private:
    std::atomic<int> stop_ = 0;
};

}  // namespace vereda::geo
