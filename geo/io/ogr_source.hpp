/// One GDAL layer as a FeatureSource. Used inside geo/io only.
#pragma once

#include <memory>
#include <string>

#include "geo/io/feature_reader.hpp"
#include "geo/io/gdal_handle.hpp"

namespace vereda::geo::io {

struct OgrLayerInput {
    std::shared_ptr<const void> backing;  ///< what the dataset reads from, where that is not a file
    GdalDataset dataset;
    OGRLayer* layer = nullptr;
    Locus locus;
    bool attributes_only = false;
};

/// Checks that hold for the layer as a whole look at its first features (256): a layer without any, coordinates out of
/// the range of a geographic CRS, and degrees in a projected one are refused here.
[[nodiscard]] std::unique_ptr<FeatureSource> ogr_source(OgrLayerInput input, const SourceOptions& options,
                                                        Diagnostics& diagnostics);

/// The CRS that the file states, else the one of the options; throws "crs.missing" and "crs.contradicts".
[[nodiscard]] Crs layer_crs(const OGRSpatialReference* stated, const SourceOptions& options, const Locus& locus);

}  // namespace vereda::geo::io
