/// What QGIS reads beside the features of a GeoPackage. Used inside geo/io only.
#pragma once

#include <vector>

#include "geo/io/feature_writer.hpp"
#include "geo/io/gdal_handle.hpp"

namespace vereda::geo::io {

/// Field aliases and comments as gpkg_data_columns (GeoPackage 1.3, extension gpkg_schema), and styles as QGIS's table
/// layer_styles, registered as `attributes`; f_table_catalog and f_table_schema are empty strings, because QGIS passes
/// over rows where they are NULL. Failures are left in the caller's GdalErrors.
void write_geopackage_extras(GDALDataset& dataset, const std::vector<LayerToWrite>& layers);

}  // namespace vereda::geo::io
