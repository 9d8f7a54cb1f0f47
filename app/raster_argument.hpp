/// Rasters named on the command line.
#pragma once

#include <memory>
#include <string>

#include "geo/diagnostic.hpp"
#include "raster/raster_source.hpp"

namespace vereda::app {

/// Opens FILE[:BAND]. What is named there is meant: references are taken.
[[nodiscard]] std::unique_ptr<raster::RasterSource> open_raster_argument(const std::string& written,
                                                                         bool allow_references,
                                                                         geo::Diagnostics& diagnostics);

}  // namespace vereda::app
