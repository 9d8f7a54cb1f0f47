/// The ground that `vereda access` crosses: friction or elevation as a surface of cells, with barriers and ways on it.
#pragma once

#include <optional>
#include <string_view>

#include "app/access_layers.hpp"
#include "geo/parallel.hpp"
#include "raster/cost_distance.hpp"
#include "raster/raster_source.hpp"
#include "raster/walking.hpp"

namespace vereda::app {

enum class FrictionUnit { minutes_per_metre, seconds_per_metre, hours_per_kilometre, kilometres_per_hour };

/// "min/m", "s/m", "h/km", "km/h".
[[nodiscard]] std::optional<FrictionUnit> friction_unit(std::string_view name);

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
