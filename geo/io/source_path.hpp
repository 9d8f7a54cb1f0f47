/// What a user's path names: a local file, a sheet or layer in it, or a reference that needs permission.
#pragma once

#include <string>

namespace vereda::geo::io {

struct SourcePath {
    std::string shown;     ///< the file as the user wrote it, for messages
    std::string location;  ///< what GDAL opens: an absolute path, so that no odd name is taken for a connection string
    std::string part;      ///< sheet or layer after `|`, empty when none was given
    bool local = true;
    bool database = false;  ///< PG:…
};

/// Local regular files always; /vsizip/, /vsitar/, /vsigzip/ and PG: with `allow_references`, else Error(policy,
/// "source.reference"); addresses on a network and every other connection string never (Error(policy, "source.network")
/// and "source.reference"). Throws as require_regular_file does.
[[nodiscard]] SourcePath source_path(const std::string& path, bool allow_references);

/// Ending in lower case with its dot, ".gpkg"; empty when there is none.
[[nodiscard]] std::string ending_of(const std::string& path);

}  // namespace vereda::geo::io
