#include "geo/io/libraries.hpp"

#include <geos_c.h>
#include <proj.h>

#include "geo/io/gdal_handle.hpp"

namespace vereda::geo::io {

std::vector<std::pair<std::string, std::string>> library_versions() {
    return {{"GDAL", GDALVersionInfo("RELEASE_NAME")}, {"GEOS", GEOSversion()}, {"PROJ", proj_info().version}};
}

std::vector<std::pair<std::string, bool>> format_drivers() {
    start_gdal();
    std::vector<std::pair<std::string, bool>> drivers;
    for (const char* name : {"GPKG", "ESRI Shapefile", "GeoJSON", "FlatGeobuf", "CSV", "XLSX", "ODS", "KML", "GPX",
                             "SQLite", "GTiff", "COG", "JP2OpenJPEG", "netCDF", "ERS", "AAIGrid", "PNG"}) {
        drivers.emplace_back(name, GDALGetDriverByName(name) != nullptr);
    }
    return drivers;
}

void limit_block_cache(unsigned long long bytes) {
    start_gdal();
    GDALSetCacheMax64(static_cast<GIntBig>(bytes));
}

}  // namespace vereda::geo::io
