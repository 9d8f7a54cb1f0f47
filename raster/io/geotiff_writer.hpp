/// Writes rasters as GeoTIFF: cloud-optimised or plain tiled, DEFLATE with predictor. Built beside the final name,
/// closed, reopened and compared cell by cell, synced and renamed: the final name holds the old file or the whole new
/// one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/progress.hpp"
#include "raster/raster.hpp"
#include "raster/raster_source.hpp"

namespace vereda::raster::io {

struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t alpha = 255;
};

struct GeotiffOptions {
    bool cloud_optimised = true;  ///< COG with overviews (nearest); false: plain tiled GeoTIFF
    /// Written into cells without a value and declared as nodata. nullopt: invalid cells are refused with
    /// Error(internal).
    std::optional<double> nodata;
    std::string description;  ///< of the band
    std::string unit;
    ClassNames class_names;             ///< kept as metadata of the band: class_3=coca
    std::map<int, Colour> colours;      ///< colour table, uint8 rasters only
    int deflate_level = 6;              ///< 1: fast, for rasters that noise makes large anyway; to 9: small
    int threads = 1;                    ///< for compressing; the bytes are the same
    geo::Progress* progress = nullptr;  ///< asked whether to stop; reports no steps
};

/// Bytes depend on content alone. Throws Error(resource) for anything the disk refuses, at the latest when the reopened
/// file does not hold what was written.
template <class T>
void write_geotiff(const std::string& path, const Raster<T>& raster, const GeotiffOptions& options);

extern template void write_geotiff(const std::string&, const Raster<std::uint8_t>&, const GeotiffOptions&);
extern template void write_geotiff(const std::string&, const Raster<std::uint16_t>&, const GeotiffOptions&);
extern template void write_geotiff(const std::string&, const Raster<std::int16_t>&, const GeotiffOptions&);
extern template void write_geotiff(const std::string&, const Raster<std::int32_t>&, const GeotiffOptions&);
extern template void write_geotiff(const std::string&, const Raster<float>&, const GeotiffOptions&);
extern template void write_geotiff(const std::string&, const Raster<double>&, const GeotiffOptions&);

}  // namespace vereda::raster::io
