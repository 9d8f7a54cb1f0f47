/// Undoes the predictors of TIFF, row by row, for one sample per pixel on little-endian machines. Internal to
/// raster/io.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vereda::raster::io {

/// Predictor 2: every sample is stored as its difference from the one before, modulo 2^(8 · size). In place; `size` is
/// 1, 2, 4 or 8 bytes.
void undo_differences(void* row, std::size_t samples, std::size_t size);

/// Predictor 3: the bytes of a row of real numbers lie plane by plane, the most significant first, and are stored as
/// differences from the byte before. `planes` is left undone in place; `row` gets the numbers; `size` is 4 or 8.
void undo_planes(std::uint8_t* planes, void* row, std::size_t samples, std::size_t size);

}  // namespace vereda::raster::io
