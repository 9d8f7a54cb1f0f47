/// The result of `vereda zonal` as a table, and as a file of the format that its ending names.
#pragma once

#include <string>
#include <vector>

#include "app/zonal_request.hpp"
#include "geo/feature.hpp"
#include "raster/zonal.hpp"

namespace vereda::app {

/// Rows sorted by id, bytewise.
struct ZonalTable {
    std::vector<geo::Field> columns;
    std::vector<std::vector<geo::Value>> rows;
    std::vector<geo::MultiPolygon> outlines;  ///< by row; empty for crosstabs and where none were kept
};

/// The polygons' own columns, then one per statistic. Throws Error(usage, "zonal.column_twice") where two have one
/// name.
[[nodiscard]] ZonalTable zonal_table(ZonalPolygons&& polygons, const raster::ZonalResult& result);
/// Long form: id, class_a, class_b, area_ha.
[[nodiscard]] ZonalTable crosstab_table(const ZonalPolygons& polygons, const raster::CrosstabTable& crosstab);

/// RFC 4180: comma, CRLF, shortest digits that read back the same; text cells neutralised against formulas.
[[nodiscard]] std::string csv_of(const ZonalTable& table);

/// Whether write_zonal() writes outlines to a file of that ending.
[[nodiscard]] bool has_geometry(const std::string& path);

/// .csv as csv_of(), whole or not at all; any other ending through the vector writers, with the polygons' outlines
/// where the format has geometry.
void write_zonal(const std::string& path, const ZonalTable& table, const geo::Crs& crs);

}  // namespace vereda::app
