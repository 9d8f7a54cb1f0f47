/// How outputs fail. Used inside */io only.
#pragma once

#include <string>

#include "geo/error.hpp"

namespace vereda::geo::io {

/// Error(resource, "file.read_back_differs"): what can be read is not what was written.
[[nodiscard]] Error read_back_differs(const std::string& path);
/// Error(resource, "file.not_written") with the system's or the library's reason.
[[nodiscard]] Error not_written(const std::string& path, const std::string& reason);

}  // namespace vereda::geo::io
