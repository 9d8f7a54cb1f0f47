/// Which cells of real numbers hold a value.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace vereda::raster::io {

struct RealValidity {
    std::int64_t valid = 0;  ///< cells whose mask stays 1
    bool all_finite = true;  ///< no NaN or infinity among all cells, masked or not
};

/// Clears the mask (0 or 1 per cell, as many as values) of cells that are not finite or equal nodata. nodata may be
/// NaN, which nothing equals. Four floats at once where the processor has SSE2.
[[nodiscard]] RealValidity mask_unusable(std::span<const float> values, std::optional<float> nodata,
                                         std::span<std::uint8_t> mask);
[[nodiscard]] RealValidity mask_unusable(std::span<const double> values, std::optional<double> nodata,
                                         std::span<std::uint8_t> mask);

}  // namespace vereda::raster::io
