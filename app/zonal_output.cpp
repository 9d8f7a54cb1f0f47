#include "app/zonal_output.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/layer_writer.hpp"
#include "report/csv.hpp"
#include "report/table.hpp"

namespace vereda::app {

using namespace geo;

namespace {

Value cell(const std::optional<double>& value, bool whole_numbers) {
    if (!value) return {};
    if (whole_numbers) return static_cast<std::int64_t>(*value);
    return *value;
}

void refuse_twins(const std::vector<Field>& columns) {
    std::set<std::string> names;
    for (const Field& column : columns) {
        if (!names.insert(column.name).second)
            throw Error(ErrorKind::usage, {"zonal.column_twice"_msg, {{"column", column.name}}});
    }
}

std::string ending_of(const std::string& path) {
    const std::size_t dot = path.rfind('.');
    std::string ending = dot == std::string::npos ? std::string() : path.substr(dot);
    std::ranges::transform(ending, ending.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return ending;
}

}  // namespace

void ZonalTable::row(std::size_t number, std::vector<Value>& cells) const {
    const std::size_t place = order[number];
    const auto first = leading.begin() + static_cast<std::ptrdiff_t>(place * leading_columns());
    cells.assign(first, first + static_cast<std::ptrdiff_t>(leading_columns()));
    for (const raster::ZonalColumn& column : statistics)
        cells.push_back(cell(column.values[place], column.whole_numbers));
}

ZonalTable zonal_table(ZonalPolygons&& polygons, raster::ZonalResult&& result) {
    ZonalTable table;
    table.columns = polygons.columns;
    for (const raster::ZonalColumn& column : result.columns) {
        table.columns.push_back({column.name, column.whole_numbers ? FieldType::integer : FieldType::real});
    }
    refuse_twins(table.columns);
    table.order.resize(polygons.zones.size());
    std::iota(table.order.begin(), table.order.end(), std::size_t{0});
    std::ranges::stable_sort(table.order, {},
                             [&](std::size_t i) -> const std::string& { return polygons.zones[i].id; });
    table.leading = std::move(polygons.values);
    table.statistics = std::move(result.columns);
    table.outlines = std::move(polygons.outlines);
    return table;
}

bool has_geometry(const std::string& path) {
    return ending_of(path) != ".csv" && ending_of(path) != ".xlsx";
}

ZonalTable crosstab_table(const ZonalPolygons& polygons, const raster::CrosstabTable& crosstab) {
    ZonalTable table;
    table.columns = {{polygons.columns.front().name, FieldType::text},
                     {"class_a", FieldType::real},
                     {"class_b", FieldType::real},
                     {"area_ha", FieldType::real}};
    for (const raster::CrosstabRow& row : crosstab.rows) {
        table.order.push_back(table.order.size());
        for (Value value : {Value(row.zone), Value(row.class_a), Value(row.class_b), Value(row.area.value())})
            table.leading.push_back(std::move(value));
    }
    return table;
}

std::string csv_of(const ZonalTable& table, Parallelism parallelism, Progress* progress) {
    std::vector<report::Column> columns;
    for (const Field& field : table.columns)
        columns.push_back({.name = field.name, .type = field.type, .unit = {}, .about = {}});
    std::string text;
    report::append_csv_header(text, columns);
    constexpr std::size_t chunk = 4096;
    const std::size_t chunks = (table.rows() + chunk - 1) / chunk;
    if (progress != nullptr) progress->start_stage({"stage.writing"_msg, {}}, static_cast<std::int64_t>(chunks));
    parallel_ordered<std::string>(
        chunks, parallelism,
        [&](std::size_t c) {
            std::string piece;
            std::vector<Value> cells;
            for (std::size_t i = c * chunk; i < std::min((c + 1) * chunk, table.rows()); ++i) {
                table.row(i, cells);
                report::append_csv_row(piece, cells, columns);
            }
            return piece;
        },
        [&](std::size_t, std::string&& piece) { text += piece; }, progress);
    return text;
}

void write_zonal(const std::string& path, const ZonalTable& table, const Crs& crs, Parallelism parallelism,
                 Progress* progress) {
    if (ending_of(path) == ".csv") return io::write_file(path, csv_of(table, parallelism, progress));
    const bool with_geometry = !table.outlines.empty() && has_geometry(path);
    io::LayerToWrite layer{"zonal", {}, {table.columns}, crs, with_geometry ? "MultiPolygon" : "None", {}, {}, {}};
    if (progress != nullptr) progress->start_stage({"stage.writing"_msg, {}}, static_cast<std::int64_t>(table.rows()));
    io::LayerWriter writer(path, std::move(layer));
    for (std::size_t i = 0; i < table.rows(); ++i) {
        if (progress != nullptr) progress->advance();
        Feature feature;
        feature.number = static_cast<std::int64_t>(i) + 1;
        if (with_geometry && !table.outlines[table.order[i]].empty()) feature.geometry = table.outlines[table.order[i]];
        table.row(i, feature.values);
        writer.add(std::move(feature));
    }
    writer.close();
}

}  // namespace vereda::app
