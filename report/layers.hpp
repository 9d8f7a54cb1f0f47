/// The map layers of a run for GIS people: typed fields with aliases and units, a QGIS style each. app/ writes them
/// (geo::io::LayerToWrite has the same members).
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/crs.hpp"
#include "geo/feature.hpp"
#include "report/catalogue.hpp"
#include "report/public_edition.hpp"
#include "report/results.hpp"

namespace vereda::report {

struct LayerFieldText {
    std::string name;
    std::string alias;
    std::string comment;  ///< meaning and unit
};

struct MapLayer {
    std::string name;
    std::string description;
    geo::Schema schema;
    geo::Crs crs;
    std::string geometry_type;  ///< "MultiPolygon", "Point"
    std::vector<geo::Feature> features;
    std::vector<LayerFieldText> texts;  ///< one per field
    std::string qml;                    ///< QGIS style in the catalogue's language; empty: none
    std::string group = {};             ///< "qgis.group.<group>" names it in the catalogue
    bool shown = false;                 ///< when a map of all layers is opened first
};

/// QML templates by style name, read by app/ from share/vereda/styles/NAME.qml. `{key}` inside becomes the catalogue's
/// text, escaped for XML.
using Styles = std::map<std::string, std::string, std::less<>>;

/// "regions", "plots", "tracks", "permanence", "zones", "eradication", "registered_plots", "public_regions",
/// "travel_time" (of rasters).
[[nodiscard]] std::span<const std::string_view> style_names();

/// Internal layers, analysis CRS: regions with readiness and areas, plots_YEAR_CROP per survey, permanence_CROP (cells
/// that may ever have had crop), zones, eradication events, registered_plots with their verdicts. Layers without
/// features are left out. None without regions.
[[nodiscard]] std::vector<MapLayer> layers_of(const RunResults& results, const Catalogue& words, const Styles& styles);

/// Public layer: region outlines on the 0.01° grid with their published state, EPSG:4326. None where
/// no region has an outline.
[[nodiscard]] std::vector<MapLayer> public_layers(const PublicEdition& edition, const Catalogue& words,
                                                  const Styles& styles);

}  // namespace vereda::report
