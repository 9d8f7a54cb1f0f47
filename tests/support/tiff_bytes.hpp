/// GeoTIFF files byte by byte, so that a test can write ones that no library would.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vereda::tests {

struct TiffSpec {
    int width = 0;
    int height = 0;
    std::vector<double> cells;  ///< row by row from the top of the file
    bool floating = false;      ///< 32-bit floats; else bytes
    int rows_per_strip = 1;

    double left = 0;  ///< outer corner of the file's first cell
    double top = 0;
    double cell_width = 1;
    double cell_height = 1;       ///< how far y falls from row to row; negative: south-up
    std::optional<int> epsg;      ///< nullopt: no CRS
    bool geographic = true;       ///< which GeoKey holds the code
    bool georeferenced = true;    ///< false: no tie point and no cell size
    std::string nodata;           ///< text of the GDAL_NODATA tag; empty: none
    std::optional<double> scale;  ///< with `offset`, in the GDAL_METADATA tag
    double offset = 0;
};

/// Little-endian classic TIFF, uncompressed, strips after the header, the directory last.
[[nodiscard]] std::string tiff_bytes(const TiffSpec& spec);

}  // namespace vereda::tests
