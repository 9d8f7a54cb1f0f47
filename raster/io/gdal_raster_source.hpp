/// Opens rasters through GDAL's drivers, the allow-listed ones only: GTiff (COG among them), JP2OpenJPEG, netCDF, ERS,
/// AAIGrid, PNG with a world file.
///
/// Refused at once: directories, FIFOs and devices; with Error(policy): VRT, WMS and other content that points
/// elsewhere, whatever the file is called, and rasters too large to be honest; with Error(input): no CRS, local CRSs,
/// no geotransform, rotated grids, complex values, empty, truncated or foreign files, missing or damaged blocks (named
/// when they are read). South-up files come out north-up. Overviews and stored statistics are never used.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "geo/crs.hpp"
#include "geo/diagnostic.hpp"
#include "raster/raster_source.hpp"

namespace vereda::raster::io {

/// `path:BAND`, as users name one band of a file.
struct BandReference {
    std::string path;
    int band = 1;
    friend bool operator==(const BandReference&, const BandReference&) = default;
};

/// "a.tif:3" is band 3 of a.tif, "a.tif" its band 1. A colon that is not followed by digits up to the end belongs to
/// the path. Band 0 is Error(usage, "raster.band_zero").
[[nodiscard]] BandReference parse_band_reference(std::string_view text);

struct RasterOptions {
    std::optional<geo::Crs> crs;    ///< for files that carry none; ignored, with a diagnostic, where the file has one
    bool allow_references = false;  ///< /vsizip/ and the like (command line, or --allow-references)
};

/// Thread-safe to call; the source itself is for one thread, clone() opens the file again. Warnings about the file
/// (nodata outside its type, a lossy nodata, south-up order) go to `diagnostics`.
[[nodiscard]] std::unique_ptr<RasterSource> open_raster(const BandReference& reference, const RasterOptions& options,
                                                        geo::Diagnostics& diagnostics);

}  // namespace vereda::raster::io
