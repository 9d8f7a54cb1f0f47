/// Writes vector layers. Files are built beside their final name, closed, reopened and compared, synced and renamed:
/// the final name holds the old file or the whole new one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "geo/feature.hpp"

namespace vereda::geo::io {

struct FieldText {
    std::string name;
    std::string alias;    ///< shown by QGIS instead of the name
    std::string comment;  ///< unit and meaning
};

struct LayerToWrite {
    std::string name;
    std::string description;
    Schema schema;
    Crs crs;
    std::string geometry_type;  ///< "MultiPolygon", "LineString", "Point", "None"
    std::vector<Feature> features;
    std::vector<FieldText> texts;  ///< for GeoPackage: aliases and field comments
    std::string qml;               ///< QGIS style, embedded as the layer's default in a GeoPackage; empty: none
};

/// Driver from the file's ending: .gpkg .geojson .fgb .shp .kml .csv .sqlite .xlsx. Only GeoPackage, KML and SQLite
/// take several layers. Bytes depend on content alone. Throws Error(resource) for anything the disk refuses, at the
/// latest when the reopened file does not hold what was written.
void write_layers(const std::string& path, const std::vector<LayerToWrite>& layers);

}  // namespace vereda::geo::io
