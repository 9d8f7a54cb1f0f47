#include "geo/io/table_features.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace vereda::geo::io {

namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

bool written_the_same(const std::string& cell, DecimalMark mark) {
    std::string_view digits = cell;
    if (digits.starts_with('+')) return false;
    if (digits.starts_with('-')) digits.remove_prefix(1);
    const char point = mark == DecimalMark::point ? '.' : ',';
    return digits.size() < 2 || digits[0] != '0' || digits[1] == point || digits[1] == 'e' || digits[1] == 'E';
}

bool reads_as(const std::string& cell, FieldType type, const TextTable& table) {
    try {
        if (type == FieldType::date) return parse_date(cell, table.date_order).has_value();
        if (!written_the_same(cell, table.decimal_mark)) return false;
        if (type == FieldType::integer) return parse_integer(cell).has_value();
        // An integer too long for 64 bits would lose its last digits as a real.
        const bool integer = cell.find_first_not_of("+-0123456789") == std::string::npos;
        return (!integer || parse_integer(cell).has_value()) && parse_number(cell, table.decimal_mark).has_value();
    } catch (const Error&) {
        return false;
    }
}

FieldType type_of(const TextTable& table, std::size_t column) {
    for (const FieldType type : {FieldType::integer, FieldType::real, FieldType::date}) {
        bool any = false;
        bool all = true;
        for (const TextRow& row : table.rows) {
            const std::string& cell = row.cells[column];
            if (cell.empty()) continue;
            any = true;
            all = reads_as(cell, type, table);
            if (!all) break;
        }
        if (any && all) return type;
    }
    return FieldType::text;
}

OGRFieldType ogr_type(FieldType type) {
    switch (type) {
        case FieldType::integer:
            return OFTInteger64;
        case FieldType::real:
            return OFTReal;
        case FieldType::date:
            return OFTDate;
        case FieldType::text:
            break;
    }
    return OFTString;
}

/// Where the geometry of a row stands.
struct GeometryColumns {
    std::optional<std::size_t> wkt;
    std::optional<std::size_t> x;
    std::optional<std::size_t> y;
    bool degrees = false;
    [[nodiscard]] bool any() const { return wkt || (x && y); }
};

std::optional<std::size_t> named(const TextTable& table, std::string_view name) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (lower(table.columns[i]) == name) return i;
    }
    return std::nullopt;
}

GeometryColumns geometry_columns(const TextTable& table) {
    GeometryColumns found;
    for (const std::string_view name : {"wkt", "geometry", "geom", "the_geom"}) {
        if (!found.wkt) found.wkt = named(table, name);
    }
    if (found.wkt) return found;
    struct Pair {
        std::string_view x;
        std::string_view y;
        bool degrees;
    };
    static constexpr std::array<Pair, 6> pairs = {{{"x", "y", false},
                                                   {"lon", "lat", true},
                                                   {"long", "lat", true},
                                                   {"lng", "lat", true},
                                                   {"longitude", "latitude", true},
                                                   {"longitud", "latitud", true}}};
    for (const Pair& pair : pairs) {
        found.x = named(table, pair.x);
        found.y = named(table, pair.y);
        found.degrees = pair.degrees;
        if (found.x && found.y) return found;
    }
    return {};
}

OgrGeometry wkt_geometry(const RowReader& row, std::size_t column) {
    const std::string text(row.text(column));
    OGRGeometry* geometry = nullptr;
    const GdalErrors errors;
    const OGRErr status = OGRGeometryFactory::createFromWkt(text.c_str(), nullptr, &geometry);
    OgrGeometry result(geometry);
    if (status != OGRERR_NONE || !result) {
        throw Error(ErrorKind::input, {"geometry.wkt_unreadable"_msg, {}}, row.table().place(row.row(), column));
    }
    return result;
}

OgrGeometry geometry_of(const RowReader& row, const GeometryColumns& columns) {
    if (columns.wkt) return row.text(columns.wkt).empty() ? nullptr : wkt_geometry(row, *columns.wkt);
    const std::optional<double> x = row.number(columns.x);
    const std::optional<double> y = row.number(columns.y);
    return x && y ? OgrGeometry(new OGRPoint(*x, *y)) : nullptr;
}

void set_value(OGRFeature& feature, int field, FieldType type, const RowReader& row) {
    const auto column = static_cast<std::size_t>(field);
    if (row.text(column).empty()) return;
    if (type == FieldType::integer) {
        feature.SetField(field, static_cast<GIntBig>(*row.integer(column)));
    } else if (type == FieldType::real) {
        feature.SetField(field, *row.number(column));
    } else if (type == FieldType::date) {
        const std::chrono::year_month_day day(*row.date(column));
        feature.SetField(field, static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                         static_cast<int>(static_cast<unsigned>(day.day())));
    } else {
        feature.SetField(field, std::string(row.text(column)).c_str());
    }
}

GdalDataset memory_dataset() {
    start_gdal();
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("Memory");
    GdalDataset dataset(driver == nullptr ? nullptr : driver->Create("", 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset) throw Error(ErrorKind::internal, {"gdal.driver_missing"_msg, {{"driver", "Memory"}}});
    return dataset;
}

OGRLayer* memory_layer(GDALDataset& dataset, const TextTable& table, const std::vector<FieldType>& types,
                       const std::optional<Crs>& crs) {
    OGRSpatialReference reference;
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (crs) reference.importFromWkt(crs->wkt().c_str());
    OGRLayer* layer = dataset.CreateLayer("table", crs ? &reference : nullptr, crs ? wkbUnknown : wkbNone, nullptr);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        OGRFieldDefn field(table.columns[i].c_str(), ogr_type(types[i]));
        layer->CreateField(&field, TRUE);
    }
    return layer;
}

void add_feature(OGRLayer& layer, OGRFeature& feature, const Locus& locus) {
    if (layer.CreateFeature(&feature) == OGRERR_NONE) return;
    throw Error(ErrorKind::resource, {"memory.exhausted"_msg, {}}, locus);
}

std::optional<Crs> table_crs(const GeometryColumns& columns, const TextTable& table, const SourceOptions& options) {
    if (!columns.any()) return std::nullopt;
    if (options.crs) return options.crs;
    if (columns.degrees) return Crs::wgs84();
    throw Error(ErrorKind::input, {"crs.missing"_msg, {}}, table.locus);
}

}  // namespace

OgrLayerInput table_layer(const TextTable& table, const SourceOptions& options) {
    const GeometryColumns geometry = geometry_columns(table);
    std::vector<FieldType> types;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        types.push_back(type_of(table, i));
    OgrLayerInput input{{}, memory_dataset(), nullptr, table.locus, false};
    input.layer = memory_layer(*input.dataset, table, types, table_crs(geometry, table, options));
    for (const TextRow& row : table.rows) {
        const RowReader reader(table, row);
        const OgrFeature feature(OGRFeature::CreateFeature(input.layer->GetLayerDefn()));
        feature->SetFID(row.line);
        for (std::size_t i = 0; i < types.size(); ++i)
            set_value(*feature, static_cast<int>(i), types[i], reader);
        if (geometry.any()) feature->SetGeometryDirectly(geometry_of(reader, geometry).release());
        add_feature(*input.layer, *feature, table.locus);
    }
    return input;
}

void filter_rows(TextTable& table, const std::string& where) {
    if (where.empty()) return;
    const GdalDataset dataset = memory_dataset();
    OGRLayer* layer = memory_layer(*dataset, table, std::vector<FieldType>(table.columns.size(), FieldType::text), {});
    for (const TextRow& row : table.rows) {
        const OgrFeature feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
        feature->SetFID(row.line);
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (!row.cells[i].empty()) feature->SetField(static_cast<int>(i), row.cells[i].c_str());
        }
        add_feature(*layer, *feature, table.locus);
    }
    const GdalErrors errors;
    if (layer->SetAttributeFilter(where.c_str()) != OGRERR_NONE) {
        throw Error(ErrorKind::usage, {"where.invalid"_msg, {{"where", where}, {"reason", errors.text()}}},
                    table.locus);
    }
    std::set<GIntBig> kept;
    layer->ResetReading();
    while (const OgrFeature feature{layer->GetNextFeature()})
        kept.insert(feature->GetFID());
    std::erase_if(table.rows, [&](const TextRow& row) { return !kept.contains(row.line); });
}

}  // namespace vereda::geo::io
