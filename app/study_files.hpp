/// The files that a study rests on: for provenance, and to notice when one changes under a run.
#pragma once

#include <string>
#include <vector>

#include "app/study.hpp"
#include "report/results.hpp"

namespace vereda::app {

struct StudyFile {
    std::string path;     ///< to open
    std::string written;  ///< as the study has it
    std::string role;     ///< the study key that named it
};

/// Every file that the study names, itself first, sidecars (.prj, .dbf …) after the file they belong to; references
/// such as /vsizip/ are left out. Sorted by role and path, each once.
[[nodiscard]] std::vector<StudyFile> files_of(const Study& study);

/// Content hashes taken when the watch starts; a file whose size or time of change differs later was changed.
class InputWatch {
  public:
    explicit InputWatch(std::vector<StudyFile> files);
    [[nodiscard]] const std::vector<report::InputFile>& hashed() const { return hashed_; }
    /// Throws Error(input, "input.changed") naming the first one that changed.
    void require_unchanged() const;

  private:
    struct Stamp {
        unsigned long long size = 0;
        long long seconds = 0;
        long long nanoseconds = 0;
        friend bool operator==(const Stamp&, const Stamp&) = default;
    };
    [[nodiscard]] static Stamp stamp_of(const std::string& path);

    std::vector<StudyFile> files_;
    std::vector<report::InputFile> hashed_;
    std::vector<Stamp> stamps_;
};

}  // namespace vereda::app
