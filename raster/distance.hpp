/// Exact Euclidean distance to the nearest cell of given classes, from cell centre to cell centre, in linear time.
///
/// First down the columns, a forward and a backward pass (A. Meijster, J. B. T. M. Roerdink & W. H. Hesselink, "A
/// general algorithm for computing distance transforms in linear time", Mathematical Morphology and its Applications to
/// Image and Signal Processing, 331-340, 2000); then along the rows, by looking at the columns near by where a target
/// is near, else by the lower envelope of parabolas (P. F. Felzenszwalb & D. P. Huttenlocher, "Distance Transforms of
/// Sampled Functions", Theory of Computing 8, 415-428, 2012). Rows are worked on in bands, many cells at once.
///
/// Cells may be wider than high. Memory: 4 bytes a cell, the result itself, and a quarter of a byte, beside the
/// targets: 265 MB for 50 million.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "geo/parallel.hpp"
#include "geo/quantity.hpp"
#include "raster/raster.hpp"
#include "raster/raster_source.hpp"

namespace vereda::raster {

struct DistanceOptions {
    geo::Parallelism parallelism = {};
    geo::Progress* progress = nullptr;
};

/// Metres in the plane of the grid's CRS from each cell's centre to the nearest centre of a target cell (1 in
/// `targets`; the raster's validity is not looked at), 0 within targets. Without any target no cell is valid. Errors
/// are those of rounding to float. Throws Error(input, "distance.geographic") for geographic grids, whose cells are no
/// plane figures: reproject them first.
[[nodiscard]] Raster<float> distance_to(const Raster<std::uint8_t>& targets, const DistanceOptions& options = {});

/// Whole rows of distances, from `first_row` on.
using DistanceSink = std::function<void(int first_row, std::span<const float> distances)>;

/// The same distances some rows at a time, from the first row to the last, one call at a time: only a few rows of them
/// are ever held, so that memory beside the targets is a quarter of a byte a cell. False, and no call, without any
/// target.
[[nodiscard]] bool each_distance(const Raster<std::uint8_t>& targets, const DistanceSink& sink,
                                 const DistanceOptions& options = {});

/// 1 where the source holds one of the values (as stored), 0 elsewhere and where it holds none.
[[nodiscard]] Raster<std::uint8_t> cells_of_classes(const RasterSource& source, std::vector<double> classes,
                                                    const DistanceOptions& options = {});

}  // namespace vereda::raster
