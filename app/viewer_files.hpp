/// Where the built viewer of the report lies.
#pragma once

#include <filesystem>
#include <optional>

#include "report/viewer_payload.hpp"

namespace vereda::app {

/// viewer.js and viewer.css of `share`/viewer, else of ../share/vereda/viewer seen from the program's folder (where the
/// build puts them). nullopt where there are none: the report is then the page that needs no script. VEREDA_VIEWER=off
/// leaves them out.
[[nodiscard]] std::optional<report::ViewerFiles> viewer_files(const std::filesystem::path& share);

}  // namespace vereda::app
