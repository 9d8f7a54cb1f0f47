/// The result of `vereda zonal` as a table, and as a file of the format that its ending names.
#pragma once

#include <string>
#include <vector>

#include "app/zonal_request.hpp"
#include "geo/feature.hpp"
#include "geo/parallel.hpp"
#include "geo/progress.hpp"
#include "raster/zonal.hpp"

namespace vereda::app {

/// Rows sorted by id, bytewise. What is large is kept as it was computed: rows are made when they are asked for.
struct ZonalTable {
    std::vector<geo::Field> columns;
    std::vector<std::size_t> order;               ///< by row: its place in what follows
    std::vector<geo::Value> leading;              ///< cells of the first columns, place by place
    std::vector<raster::ZonalColumn> statistics;  ///< the columns after those; empty for crosstabs
    std::vector<geo::MultiPolygon> outlines;      ///< empty for crosstabs and where none were kept

    [[nodiscard]] std::size_t rows() const { return order.size(); }
    [[nodiscard]] std::size_t leading_columns() const { return columns.size() - statistics.size(); }
    /// Fills `cells` with one row, a cell for each column.
    void row(std::size_t number, std::vector<geo::Value>& cells) const;
};

/// The polygons' own columns, then one per statistic. Throws Error(usage, "zonal.column_twice") where two have one
/// name.
[[nodiscard]] ZonalTable zonal_table(ZonalPolygons&& polygons, raster::ZonalResult&& result);
/// Long form: id, class_a, class_b, area_ha.
[[nodiscard]] ZonalTable crosstab_table(const ZonalPolygons& polygons, const raster::CrosstabTable& crosstab);

/// RFC 4180: comma, CRLF, shortest digits that read back the same; text cells neutralised against formulas.
[[nodiscard]] std::string csv_of(const ZonalTable& table, geo::Parallelism parallelism = {},
                                 geo::Progress* progress = nullptr);

/// Whether write_zonal() writes outlines to a file of that ending.
[[nodiscard]] bool has_geometry(const std::string& path);

/// .csv as csv_of(), whole or not at all; any other ending through the vector writers, with the polygons' outlines
/// where the format has geometry.
void write_zonal(const std::string& path, const ZonalTable& table, const geo::Crs& crs,
                 geo::Parallelism parallelism = {}, geo::Progress* progress = nullptr);

}  // namespace vereda::app
