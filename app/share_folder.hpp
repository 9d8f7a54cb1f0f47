/// Where the program's own data lie: language catalogues, rule packs, readiness models, styles, the report's template.
#pragma once

#include <filesystem>

namespace vereda::app {

/// The first that holds `lang/en.json`: $VEREDA_SHARE; ../share/vereda seen from the program's folder; the installed
/// path; the source path. Throws Error(resource, "share.missing").
[[nodiscard]] std::filesystem::path share_folder();

}  // namespace vereda::app
