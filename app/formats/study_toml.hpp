/// The study file, read strictly by the table of app/study_keys.hpp.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "app/study.hpp"
#include "geo/error.hpp"

namespace vereda::app {

struct StudyReading {
    Study study;                       ///< complete only where `problems` is empty
    std::vector<geo::Error> problems;  ///< every fault, in the order of the lines
};

/// Checks every section and key: unknown ones (with the nearest valid name), missing and mistyped ones, values outside
/// their range, missing files, references (see resolved_path), contradictions. Throws only for what is no TOML.
[[nodiscard]] StudyReading study_from_toml(std::string_view text, const std::filesystem::path& path,
                                           bool allow_references);

/// Reads the file and throws the first problem, if any.
[[nodiscard]] Study load_study(const std::filesystem::path& path, bool allow_references);
/// Reads the file; throws where it cannot be read or is no TOML.
[[nodiscard]] StudyReading read_study(const std::filesystem::path& path, bool allow_references);

}  // namespace vereda::app
