/// The ground that is travelled over: friction or elevation as a surface of cells, with barriers and ways on it.
#pragma once

#include "app/access_layers.hpp"
#include "app/friction_unit.hpp"
#include "geo/parallel.hpp"
#include "raster/cost_distance.hpp"
#include "raster/raster_source.hpp"
#include "raster/walking.hpp"

namespace vereda::app {

/// GDAL's block cache while times are found, in bytes.
inline constexpr unsigned long long access_block_cache = 64ULL << 20;

/// Refuses, before anything large is held, what `memory` bytes do not allow: Error(resource, "access.memory"), which
/// tells the size that fits. `kept` are the rasters of times that are held at once.
void require_memory(const raster::Grid& grid, bool sloped, int kept, unsigned long long memory);

struct GroundSources {
    const raster::RasterSource* friction = nullptr;  ///< without it every cell with an elevation is walked
    FrictionUnit unit = FrictionUnit::minutes_per_metre;
    const raster::RasterSource* elevation = nullptr;  ///< metres; onto the friction's grid where its own is another
    raster::WalkingFunction walking = raster::WalkingFunction::tobler;

    [[nodiscard]] const raster::Grid& grid() const { return (friction != nullptr ? friction : elevation)->grid(); }
};

/// At least one source. The elevation comes bilinearly, or as the mean where its cells are finer. Throws Error(input,
/// "access.friction_negative").
[[nodiscard]] raster::CostSurface read_ground(const GroundSources& sources, geo::Parallelism parallelism,
                                              geo::Progress& progress);

/// Every cell that a barrier covers in part, or that its line passes through.
void lay_barriers(raster::CostSurface& surface, const Barriers& barriers);

/// Cells that a way passes through take its pace, whatever the ground is and barriers included (bridges); of several
/// ways the fastest.
void lay_ways(raster::CostSurface& surface, const std::vector<Way>& ways);

}  // namespace vereda::app
