/// Opens the vector formats that GDAL reads, after the checks GDAL does not make. Used inside geo/io only.
#pragma once

#include <string>
#include <vector>

#include "geo/io/file_format.hpp"
#include "geo/io/ogr_source.hpp"

namespace vereda::geo::io {

/// The dataset without a layer chosen. Throws Error(input, "file.unreadable") with GDAL's reason, and what the checks
/// of the format throw.
[[nodiscard]] OgrLayerInput open_dataset(const SourcePath& source, FileFormat format, const SourceOptions& options,
                                         Diagnostics& diagnostics);

/// Layers in the file's order; QGIS's table of styles is none.
[[nodiscard]] std::vector<std::string> names_of_layers(GDALDataset& dataset);

/// The layer of this name; with an empty name the only one (of several, the only one that holds features). Throws
/// Error(usage) "layer.unknown" and "layer.ambiguous" naming those there are.
void choose_layer(OgrLayerInput& input, const std::string& name);

}  // namespace vereda::geo::io
