/// Tells a raster file's format from its first bytes and holds it to what its name says, so that no driver is ever
/// asked to guess.
#pragma once

#include <string>

#include "geo/io/source_path.hpp"

namespace vereda::raster::io {

/// Name of the one GDAL driver that may open the file. Throws Error(policy, "file.points_elsewhere") for VRT, WMS and
/// other XML whatever the file is called; Error(input) "file.empty", "file.other_format" and "raster.unknown_format".
[[nodiscard]] std::string driver_of(const geo::io::SourcePath& source);

}  // namespace vereda::raster::io
