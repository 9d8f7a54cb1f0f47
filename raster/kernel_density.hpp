/// Kernel density of weighted points on a grid.
///
/// Quartic (biweight) kernel K(d) = 3/(π h²) · (1 − d²/h²)² for d < h, 0 beyond (B. W. Silverman, Density Estimation
/// for Statistics and Data Analysis, Chapman & Hall 1986, eq. 4.5): its integral over the plane is 1, so that the
/// density times the cells' area sums to the sum of the weights, up to the error of taking each cell by its centre
/// (below 1 % from h = 4 cells on) and to what falls outside the grid: there is no correction at the border.
#pragma once

#include <span>

#include "geo/geometry.hpp"
#include "geo/parallel.hpp"
#include "geo/quantity.hpp"
#include "raster/raster.hpp"

namespace vereda::raster {

struct WeightedPoint {
    geo::Point place;  ///< in the grid's CRS
    double weight = 1;
};

struct DensityOptions {
    geo::Metres bandwidth{0};  ///< h, where the kernel ends
    geo::Parallelism parallelism = {};
    geo::Progress* progress = nullptr;
};

/// Weight per square metre of the plane at each cell's centre. Points outside the grid count where they reach into it.
/// The sum runs over the points in the order given, for any number of threads. Throws Error(usage,
/// "density.bandwidth") unless the bandwidth is positive and finite, Error(input, "distance.geographic") for
/// geographic grids, Error(input, "density.not_finite") for points or weights that are no numbers.
[[nodiscard]] Raster<double> kernel_density(const Grid& grid, std::span<const WeightedPoint> points,
                                            const DensityOptions& options);

}  // namespace vereda::raster
