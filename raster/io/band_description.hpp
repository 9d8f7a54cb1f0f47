/// What a raster band is, read from the file's header once and shared by all handles on it. Internal to raster/io.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "geo/io/gdal_handle.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "raster/raster_source.hpp"
#include "raster/statistic.hpp"

namespace vereda::raster::io {

/// The declared nodata value, exact in the band's own type.
struct Nodata {
    std::variant<std::monostate, std::int64_t, std::uint64_t, double> value;
    /// The declared value is so large that cells almost as large mean the same (−3.4e38 beside −3.4028235e38).
    bool approximate = false;
    [[nodiscard]] bool declared() const { return value.index() != 0; }
};

struct BandDescription {
    std::string location;  ///< what GDAL opens
    std::string driver;
    int band = 1;
    geo::Locus locus;
    Grid grid;
    bool south_up = false;  ///< rows of the file run northwards
    CellType type = CellType::uint8;
    BlockShape blocks;
    Scaling scaling;
    ClassNames names;
    Nodata nodata;
    bool has_mask = false;  ///< a mask band or alpha decides validity, beside nodata
};

/// Throws as open_raster does.
[[nodiscard]] BandDescription describe(GDALDataset& dataset, BandDescription begun, const RasterOptions& options,
                                       geo::Diagnostics& diagnostics);

}  // namespace vereda::raster::io
