/// Where water goes: every cell drains through its neighbours to the eastern edge.
#pragma once

#include <vector>

#include "geo/geometry.hpp"
#include "simulate/surface.hpp"

namespace vereda::simulate {

struct Drainage {
    Surface filled;  ///< elevation with every pit raised to its spill point (plus a millimetre a step)
    std::vector<std::size_t> receiver;  ///< steepest way down; outlets receive themselves
    std::vector<std::size_t> order;     ///< receivers come before the cells that drain to them
    std::vector<double> upstream;       ///< cells that drain through each cell, itself included
};

/// Priority flood (Barnes, Lehman, Mulla, Computers & Geosciences 62, 2014), then steepest descent of eight neighbours.
[[nodiscard]] Drainage drained(const Surface& elevation);

struct Stream {
    geo::LineString course;    ///< downstream, smoothed
    double catchment_km2 = 0;  ///< at its lower end
};

/// Courses of all cells that drain at least `catchment_km2`, cut at confluences, in the order of their first cells.
[[nodiscard]] std::vector<Stream> streams(const Drainage& drainage, double catchment_km2);

}  // namespace vereda::simulate
