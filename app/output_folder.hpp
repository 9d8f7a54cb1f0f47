/// An output folder that is whole or absent: built beside its final name, synced, swapped in.
///
/// Killed at any time, the final name holds the old folder or the whole new one; what a killed run left behind is
/// removed by the next one. An existing folder is replaced only when asked and only if it holds a run.json of ours; an
/// empty one is free.
#pragma once

#include <memory>
#include <string>

#include "app/stop_signals.hpp"

namespace vereda::app {

/// An exclusive lock on a target path, held by a lock file `.NAME.lock` beside it. A lock left by a dead process is
/// free.
class OutputLock {
  public:
    /// Throws Error(resource, "output.locked") naming the process that holds it, at once.
    explicit OutputLock(const std::string& target);
    OutputLock(const OutputLock&) = delete;
    OutputLock& operator=(const OutputLock&) = delete;
    ~OutputLock();

  private:
    std::string path_;
    int descriptor_ = -1;
};

class OutputFolder {
  public:
    /// Everything that can be refused is refused here, before any work: Error(usage) "output.exists",
    /// "output.not_ours", "output.not_a_folder"; Error(resource) where the place cannot be written or is full.
    OutputFolder(const std::string& target, bool overwrite);

    /// The folder to write into until commit().
    [[nodiscard]] const std::string& path() const { return temporary_->path(); }
    [[nodiscard]] const std::string& target() const { return target_; }
    /// Syncs every file, swaps the new folder in, removes the old one. Throws Error(resource).
    void commit();

  private:
    std::string target_;
    std::unique_ptr<OutputLock> lock_;
    std::unique_ptr<TemporaryPath> temporary_;
};

/// For commands that write one file: refuses an existing one unless told to overwrite it (Error(usage,
/// "output.exists")), and a place that cannot be written (Error(resource)).
void require_writable_file(const std::string& target, bool overwrite);

}  // namespace vereda::app
