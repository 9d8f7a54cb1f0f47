/// What `vereda access` writes: times and nearest origins as rasters, times at points as a table.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/access_layers.hpp"
#include "geo/progress.hpp"
#include "raster/cost_distance.hpp"
#include "raster/raster.hpp"

namespace vereda::app {

/// Minutes, invalid where no origin can reach.
[[nodiscard]] raster::Raster<float> times_of(const raster::CostSurface& surface);
/// The nearest origin's number, from 1; invalid where none can reach.
[[nodiscard]] raster::Raster<std::int32_t> allocation_of(const raster::CostSurface& surface);

struct RasterWriting {
    int threads = 1;
    geo::Progress* progress = nullptr;
};

void write_times(const std::string& path, const raster::Raster<float>& times, const RasterWriting& how);
/// `names` by number: kept in the file as class_1=…
void write_allocation(const std::string& path, const raster::Raster<std::int32_t>& allocation,
                      const std::vector<std::string>& names, const RasterWriting& how);

/// The time of the cell that a point lies in.
struct PointTime {
    std::string id;
    double minutes = 0;  ///< infinity where there is none
    std::string origin;
};

/// In the order of ids, bytewise. Points off the raster have no time and leave a warning each.
[[nodiscard]] std::vector<PointTime> times_at(const raster::CostSurface& surface, const std::vector<NamedPoint>& points,
                                              const std::vector<std::string>& origin_names,
                                              geo::Diagnostics& diagnostics);

/// id, minutes, origin; the ending picks the format. Empty cells: cannot be reached.
void write_point_times(const std::string& path, const std::vector<PointTime>& times, const geo::Crs& crs);

}  // namespace vereda::app
