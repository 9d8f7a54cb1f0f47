/// A text table as a layer: typed fields, and points or WKT for geometry. Used inside geo/io only.
#pragma once

#include <string>
#include <vector>

#include "geo/io/feature_reader.hpp"
#include "geo/io/ogr_source.hpp"

namespace vereda::geo::io {

/// A column is integer, real or date only where every cell reads so and would be written back the same way: 007 stays
/// text, and so do integers beyond 64 bits. Geometry comes from a column named wkt, geometry, geom or the_geom, else
/// from x and y, lon and lat (and their long forms, English or Spanish). Longitude and latitude mean EPSG:4326 where no
/// CRS is given; for the others its absence is Error(input, "crs.missing"). Features are numbered by their line.
[[nodiscard]] OgrLayerInput table_layer(const TextTable& table, const SourceOptions& options);

/// Keeps the rows for which OGR's SQL WHERE holds, every column being text.
void filter_rows(TextTable& table, const std::string& where);

}  // namespace vereda::geo::io
