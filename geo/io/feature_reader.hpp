/// Opens vector layers and plain tables through GDAL's drivers, the allow-listed ones only.
///
/// GPKG, Shapefile, GeoJSON, FlatGeobuf, CSV (WKT column `wkt`/`geometry`, or x/y, lon/lat columns), XLSX, ODS, KML,
/// GPX, SQLite. Refused with Error(policy): VRT, WMS and other references, whatever the file is called; GeoJSON `crs`
/// links. Refused with Error(input): no CRS, unreadable or truncated files, non-finite coordinates, files that are not
/// what their name says. Curves are linearised; Z and M are dropped; features are never reordered.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/diagnostic.hpp"
#include "geo/feature.hpp"
#include "geo/text_table.hpp"

namespace vereda::geo::io {

struct SourceOptions {
    std::string layer;                   ///< empty: the only layer; several layers and no name is Error(usage)
    std::string where;                   ///< OGR attribute filter (SQL WHERE); empty: all
    std::optional<Crs> crs;              ///< for formats that carry none (CSV); contradicting the file is refused
    std::optional<DecimalMark> decimal;  ///< nullopt: found from the file, refused where both readings are possible
    DateOrder date_order = DateOrder::iso_only;
    std::string encoding;           ///< empty: UTF-8 or what the file declares; Latin-1 is guessed and reported
    bool allow_references = false;  ///< /vsizip/, PG: (command line, or --allow-references)
};

/// "file.gpkg", "file.xlsx|Sheet", "/vsizip/a.zip/b.shp". Throws as described above.
[[nodiscard]] std::unique_ptr<FeatureSource> open_features(const std::string& path, const SourceOptions& options,
                                                           Diagnostics& diagnostics);

/// A register or panel as text: CSV of any dialect (UTF-8 with or without BOM, UTF-16, Latin-1 reported; comma,
/// semicolon or tab), spreadsheets (first sheet unless `|Sheet`), attribute tables of layers. Ragged rows, open quotes,
/// duplicate or missing header names are Error(input) with the line.
[[nodiscard]] TextTable read_table(const std::string& path, const SourceOptions& options, Diagnostics& diagnostics);

/// Names of the layers of a file, in its order.
[[nodiscard]] std::vector<std::string> layer_names(const std::string& path, bool allow_references);

}  // namespace vereda::geo::io
