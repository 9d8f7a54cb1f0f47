/// The few fields of a TIFF's first directory that decide how its tiles are stored. Internal to raster/io.
///
/// TIFF 6.0 (Aldus, 1992), BigTIFF, and technical note 3 of the library libtiff for predictor 3.
#pragma once

#include <cstdint>
#include <optional>

namespace vereda::raster::io {

struct TiffDirectory {
    std::uint32_t bits_per_sample = 1;
    std::uint32_t compression = 1;
    std::uint32_t fill_order = 1;
    std::uint32_t samples_per_pixel = 1;
    std::uint32_t rows_per_strip = 0;
    std::uint32_t predictor = 1;
    std::uint32_t tile_width = 0;  ///< 0: stored in strips
    std::uint32_t tile_height = 0;
};

/// Of a little-endian file, classic or big. Nothing for any other file, and where a field is not a single number.
[[nodiscard]] std::optional<TiffDirectory> read_tiff_directory(int file);

}  // namespace vereda::raster::io
