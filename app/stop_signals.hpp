/// SIGINT and SIGTERM become Progress::stop(); a run that does not heed it in time is ended from outside its loops.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "geo/progress.hpp"

namespace vereda::app {

/// While one lives (made before any other thread), the two signals reach only its own thread. On the first of them the
/// progress is told to stop; a call into a library that has not come back 1.5 s later no longer counts: folders
/// registered with TemporaryPath and files not yet committed are removed and the process exits with 130 or 143. SIGPIPE
/// is ignored: writing to a closed pipe is an ordinary error.
class StopSignals {
  public:
    explicit StopSignals(geo::Progress& progress);
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;
    ~StopSignals();

  private:
    void watch();
    /// Waits for the run to end; false when the time is over.
    bool ended_in_time();

    geo::Progress& progress_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool ended_ = false;
    std::thread thread_;
};

/// Registers a file or folder that must not outlive the process; the destructor removes it unless release() was called.
class TemporaryPath {
  public:
    explicit TemporaryPath(std::string path);
    TemporaryPath(const TemporaryPath&) = delete;
    TemporaryPath& operator=(const TemporaryPath&) = delete;
    ~TemporaryPath();
    [[nodiscard]] const std::string& path() const { return path_; }
    void release();

  private:
    std::string path_;
    bool owned_ = true;
};

}  // namespace vereda::app
