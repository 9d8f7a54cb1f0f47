#include "geo/io/geopackage_extras.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace vereda::geo::io {

namespace {

std::string quoted(const std::string& text) {
    std::string result = "'";
    for (const char c : text) {
        if (c == '\'') result += '\'';
        result += c;
    }
    return result + "'";
}

void execute(GDALDataset& dataset, const std::string& sql) {
    if (OGRLayer* result = dataset.ExecuteSQL(sql.c_str(), nullptr, nullptr)) dataset.ReleaseResultSet(result);
}

void write_field_texts(GDALDataset& dataset, const std::vector<LayerToWrite>& layers) {
    const bool any = std::ranges::any_of(layers, [](const LayerToWrite& layer) { return !layer.texts.empty(); });
    if (!any) return;
    execute(
        dataset,
        "CREATE TABLE IF NOT EXISTS gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, "
        "title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT, "
        "CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name))");
    execute(
        dataset,
        "CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT "
        "NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, "
        "description TEXT, CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))");
    execute(
        dataset,
        "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, "
        "definition TEXT NOT NULL, scope TEXT NOT NULL, "
        "CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))");
    for (const char* table : {"gpkg_data_columns", "gpkg_data_column_constraints"}) {
        execute(dataset,
                std::string("INSERT INTO gpkg_extensions VALUES ('") + table +
                    "', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec/#extension_schema', 'read-write')");
    }
    for (const LayerToWrite& layer : layers) {
        for (const FieldText& text : layer.texts) {
            execute(dataset, "INSERT INTO gpkg_data_columns VALUES (" + quoted(layer.name) + ", " + quoted(text.name) +
                                 ", " + quoted(text.name) + ", " + quoted(text.alias) + ", " + quoted(text.comment) +
                                 ", NULL, NULL)");
        }
    }
}

OGRLayer* styles_table(GDALDataset& dataset) {
    const std::array<const char*, 2> options = {"FID=id", nullptr};
    OGRLayer* table = dataset.CreateLayer("layer_styles", nullptr, wkbNone, const_cast<char**>(options.data()));
    if (table == nullptr) return nullptr;
    struct Column {
        const char* name;
        OGRFieldType type;
        int width;
    };
    static constexpr std::array<Column, 12> columns = {{{"f_table_catalog", OFTString, 256},
                                                        {"f_table_schema", OFTString, 256},
                                                        {"f_table_name", OFTString, 256},
                                                        {"f_geometry_column", OFTString, 256},
                                                        {"styleName", OFTString, 30},
                                                        {"styleQML", OFTString, 0},
                                                        {"styleSLD", OFTString, 0},
                                                        {"useAsDefault", OFTInteger, 0},
                                                        {"description", OFTString, 0},
                                                        {"owner", OFTString, 30},
                                                        {"ui", OFTString, 30},
                                                        {"update_time", OFTDateTime, 0}}};
    for (const Column& column : columns) {
        OGRFieldDefn field(column.name, column.type);
        field.SetWidth(column.width);
        if (column.type == OFTInteger) field.SetSubType(OFSTBoolean);
        if (table->CreateField(&field, TRUE) != OGRERR_NONE) return nullptr;
    }
    return table;
}

void write_styles(GDALDataset& dataset, const std::vector<LayerToWrite>& layers) {
    const bool any = std::ranges::any_of(layers, [](const LayerToWrite& layer) { return !layer.qml.empty(); });
    OGRLayer* table = any ? styles_table(dataset) : nullptr;
    if (table == nullptr) return;
    for (const LayerToWrite& layer : layers) {
        if (layer.qml.empty()) continue;
        const OgrFeature style(OGRFeature::CreateFeature(table->GetLayerDefn()));
        for (const char* empty : {"f_table_catalog", "f_table_schema", "styleSLD", "owner"})
            style->SetField(empty, "");
        style->SetField("f_table_name", layer.name.c_str());
        style->SetField("f_geometry_column", "geom");
        style->SetField("styleName", "default");
        style->SetField("styleQML", layer.qml.c_str());
        style->SetField("useAsDefault", 1);
        style->SetField("description", layer.description.c_str());
        style->SetField("update_time", 2000, 1, 1, 0, 0, 0.0F, 100);
        if (table->CreateFeature(style.get()) != OGRERR_NONE) return;
    }
}

}  // namespace

void write_geopackage_extras(GDALDataset& dataset, const std::vector<LayerToWrite>& layers) {
    write_field_texts(dataset, layers);
    write_styles(dataset, layers);
}

}  // namespace vereda::geo::io
