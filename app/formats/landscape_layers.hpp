/// The vector layers of a simulated study, in the columns of the data model.
#pragma once

#include <string>
#include <vector>

#include "geo/io/feature_writer.hpp"
#include "simulate/landscape.hpp"

namespace vereda::app {

struct LayerFile {
    std::string name;  ///< of the file: "regions.gpkg"
    std::vector<geo::io::LayerToWrite> layers;
};

/// Services come in degrees (EPSG:4326) and roads as a Shapefile in the neighbouring UTM zone, as real studies mix
/// them.
[[nodiscard]] std::vector<LayerFile> landscape_layers(const simulate::Landscape& landscape);

}  // namespace vereda::app
