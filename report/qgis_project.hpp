/// A QGIS project (.qgs, 3.22 and later) that opens the layers of an edition grouped, styled, named and with aliases.
#pragma once

#include <string>
#include <vector>

#include "report/layers.hpp"

namespace vereda::report {

/// What the project says of one layer; taken before the layer itself is handed to its writer.
struct ProjectLayer {
    std::string name;   ///< of the layer in the GeoPackage, or of the raster's file without folder and ending
    std::string title;  ///< shown in the legend
    std::string group;  ///< as MapLayer::group
    bool shown = false;
    std::string geometry_type;  ///< empty: a raster
    std::string path;           ///< beside the project: "vereda-internal.gpkg", "rasters/travel_time.tif"
    std::string qml;
    geo::Crs crs;
};

/// The layers of `path` in their order; of the plots and tracks of many years the last one is shown.
[[nodiscard]] std::vector<ProjectLayer> project_layers(const std::vector<MapLayer>& layers, const std::string& path,
                                                       const Catalogue& words);

/// Paths are relative to the project. Groups in the order of their first layer. `extent` in `crs` is what is shown.
[[nodiscard]] std::string qgis_project(const std::string& title, const std::vector<ProjectLayer>& layers,
                                       const geo::Crs& crs, const geo::Box& extent);

}  // namespace vereda::report
