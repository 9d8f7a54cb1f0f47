/// Land of any size and detail, cut into tiles of few vertices, so that questions about a small place cost little.
///
/// Planar, in the analysis CRS. Tiles are cut along the axes, halving what has more vertices than a tile may; parts of
/// tiles sum to parts of the land up to rounding.
#pragma once

#include <span>
#include <vector>

#include "geo/geometry.hpp"
#include "geo/spatial_index.hpp"
#include "geo/topology.hpp"

namespace vereda::regions {

class TiledLand {
  public:
    /// Polygons that are valid each; they may touch or overlap one another only where ground may count twice.
    explicit TiledLand(const geo::MultiPolygon& land);

    /// Planar area of the part of `polygons` on this land, at most `whole`, their own area. Safe from many threads.
    [[nodiscard]] double area_within(const geo::MultiPolygon& polygons, double whole) const;
    /// The part of `polygons` on this land.
    [[nodiscard]] geo::MultiPolygon within(const geo::MultiPolygon& polygons) const;
    /// The rest of them.
    [[nodiscard]] geo::MultiPolygon outside(geo::MultiPolygon polygons) const;

  private:
    std::vector<geo::MultiPolygon> tiles_;
    std::vector<geo::PreparedPolygons> prepared_;
    geo::SpatialIndex index_{std::span<const geo::Box>{}};
};

}  // namespace vereda::regions
