/// The files that a study rests on: for provenance, and to notice when one changes under a run.
#pragma once

#include <future>
#include <stop_token>
#include <string>
#include <vector>

#include "app/study.hpp"
#include "geo/parallel.hpp"
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

/// Content hashes, taken beside the work from when the watch starts; a file whose size or time of change differs from
/// what it was then was changed.
class InputWatch {
  public:
    /// Throws as geo::io::InputFile does for a file that cannot be read. With one job the hashes wait for hashed().
    InputWatch(std::vector<StudyFile> files, geo::Parallelism parallelism);
    InputWatch(const InputWatch&) = delete;
    InputWatch& operator=(const InputWatch&) = delete;
    ~InputWatch();
    /// Waits for the hashes.
    [[nodiscard]] const std::vector<report::InputFile>& hashed();
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
    std::vector<Stamp> stamps_;
    std::stop_source unwanted_;
    std::vector<report::InputFile> hashed_;
    std::future<std::vector<report::InputFile>> hashes_;
};

}  // namespace vereda::app
