/// Paths shown to people: as the study writes them, so that outputs do not depend on where a study lies.
#pragma once

#include <string>

#include "app/study.hpp"

namespace vereda::app {

/// A file in the study's folder without that folder; any other path as it is.
[[nodiscard]] inline std::string path_as_written(const Study& study, const std::string& path) {
    const std::string folder = study.folder.lexically_normal().string() + "/";
    return path.starts_with(folder) ? path.substr(folder.size()) : path;
}

}  // namespace vereda::app
