/// Clouds as an image shows them: clumps of a few kilometres, hiding a given share of the land.
#pragma once

#include <optional>
#include <vector>

#include "geo/geometry.hpp"
#include "geo/topology.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

/// Clouds cut to `extent` (metres). The hidden share is within half a percent of `share`, up to 0.9; 0 gives none.
/// Outlines hold areas of 1 to 20 km², lognormal.
[[nodiscard]] geo::MultiPolygon cloud_cover(const geo::Box& extent, double share, Random& random);

/// Clouds cut into tiles, so that a plot is cut by the clouds near it and not by all of the sky.
class TiledClouds {
  public:
    TiledClouds(const geo::MultiPolygon& clouds, const geo::Box& extent);
    /// What of `outline` no cloud hides; the outline itself where none touches it. The outline must be under 250 m
    /// wide.
    [[nodiscard]] geo::MultiPolygon visible(geo::MultiPolygon outline) const;
    [[nodiscard]] bool touch(const geo::MultiPolygon& outline) const;

  private:
    struct Tile {
        geo::MultiPolygon clouds;
        geo::PreparedPolygons prepared;
    };
    [[nodiscard]] const Tile* tile_of(const geo::MultiPolygon& outline) const;
    geo::Point south_west_;
    int columns_ = 0;
    int rows_ = 0;
    std::vector<std::optional<Tile>> tiles_;
};

}  // namespace vereda::simulate
