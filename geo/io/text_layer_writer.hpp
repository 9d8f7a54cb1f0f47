/// GeoJSON and CSV as text, built in memory: GDAL's writers of both swallow late write errors and cannot keep every
/// digit without printing 17. Used inside geo/io only.
#pragma once

#include <string>

#include "geo/io/feature_writer.hpp"

namespace vereda::geo::io {

/// RFC 7946: EPSG:4326, right-hand rule, coordinates in the shortest form that reads back to the same bits.
[[nodiscard]] std::string geojson_text(const LayerToWrite& layer);

/// RFC 4180: header, LF, dots for decimals; geometry as WKT in a last column `wkt` unless the geometry type is "None".
[[nodiscard]] std::string csv_text(const LayerToWrite& layer);

/// Quoted where RFC 4180 asks for it.
[[nodiscard]] std::string csv_cell(const std::string& text);

}  // namespace vereda::geo::io
