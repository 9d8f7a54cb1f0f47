#include "app/raster_argument.hpp"

#include <filesystem>

#include "app/file_reference.hpp"
#include "raster/io/gdal_raster_source.hpp"

namespace vereda::app {

std::unique_ptr<raster::RasterSource> open_raster_argument(const std::string& written, bool allow_references,
                                                           geo::Diagnostics& diagnostics) {
    raster::io::BandReference band = raster::io::parse_band_reference(written);
    const bool reference = is_reference(band.path);
    band.path = resolved_path(band.path, std::filesystem::current_path(), true);
    return raster::io::open_raster(band, {.crs = std::nullopt, .allow_references = allow_references || reference},
                                   diagnostics);
}

}  // namespace vereda::app
