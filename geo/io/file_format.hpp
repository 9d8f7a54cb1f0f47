/// Tells a file's format from its first bytes and holds it to what its name says, so that no driver is ever asked to
/// guess.
#pragma once

#include <string>
#include <vector>

#include "geo/io/source_path.hpp"

namespace vereda::geo::io {

enum class FileFormat { geopackage, sqlite, shapefile, geojson, flatgeobuf, csv, xlsx, ods, kml, gpx, database };

/// Throws Error(policy, "file.points_elsewhere") for VRT, WMS and other files that only refer to data, and for XML with
/// entities, whatever the file is called; Error(input) "file.empty", "file.other_format" (the content is not what the
/// ending says) and "file.unknown_format".
[[nodiscard]] FileFormat vector_format(const SourcePath& source);

/// The drivers that may open it; empty for CSV, which has its own parser.
[[nodiscard]] std::vector<std::string> drivers_for(FileFormat format);

}  // namespace vereda::geo::io
