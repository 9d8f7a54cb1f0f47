/// Sums of a raster by bands of distance around points.
///
/// A cell belongs to the band in which the distance from its centre to the point lies, lower bound included. Sums along
/// each row are taken as differences of running sums, so that a ring costs as many steps as it has rows, not cells.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.hpp"
#include "geo/parallel.hpp"
#include "geo/quantity.hpp"
#include "raster/raster.hpp"

namespace vereda::raster {

struct RingSum {
    double sum = 0;          ///< of the valid cells' values; 0 where there are none
    std::int64_t cells = 0;  ///< valid cells in the band
    friend constexpr bool operator==(const RingSum&, const RingSum&) = default;
};

struct RingOptions {
    /// Bounds of the bands in ascending order, in metres of the plane: n + 1 bounds make n bands.
    std::vector<geo::Metres> bounds;
    geo::Parallelism parallelism = {};
    geo::Progress* progress = nullptr;
};

/// For each point its bands, outward: result[point * bands + band]. Values count times their cell and no more: give
/// areas or densities times areas for totals. Running sums take 8 bytes a cell, 12 where cells are invalid. Rounding:
/// 1e-15 of the largest running sum of a row per row crossed; sums of whole numbers below 2^53 are exact. Throws
/// Error(usage, "rings.bounds") for bounds that do not ascend from 0 or more, Error(input, "distance.geographic") for
/// geographic grids.
[[nodiscard]] std::vector<RingSum> ring_sums(const Raster<double>& values, std::span<const geo::Point> points,
                                             const RingOptions& options);

}  // namespace vereda::raster
