/// Reads tiles and strips of plain GeoTIFFs past GDAL: one read, one inflation, the predictor undone with SSE2.
/// Internal to raster/io; one per handle.
///
/// Plain: a local little-endian file of one band, DEFLATE or ZSTD, predictor 1, 2 or 3, whole bytes per cell. GDAL
/// reads all else, and every block that does not decode here, so that what is refused and how does not depend on this.
#pragma once

#include <cstdint>
#include <memory>

#include "raster/io/band_description.hpp"

namespace vereda::raster::io {

class TileDecoder {
  public:
    /// Null where the file is not plain.
    [[nodiscard]] static std::unique_ptr<TileDecoder> open(const BandDescription& band, int bands);
    TileDecoder(const TileDecoder&) = delete;
    TileDecoder& operator=(const TileDecoder&) = delete;
    ~TileDecoder();

    struct Stored {
        std::uint64_t offset = 0;
        std::uint64_t size = 0;
        int rows_left = 0;  ///< from the block's first row to the raster's last: a last strip ends there
    };
    /// Writes the block's cells to `to`. False where they are not what the file promises.
    [[nodiscard]] bool decode(const Stored& block, void* to);

  private:
    struct Resources;
    explicit TileDecoder(std::unique_ptr<Resources> resources);
    std::unique_ptr<Resources> resources_;
};

}  // namespace vereda::raster::io
