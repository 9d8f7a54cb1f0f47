/// Geometries of a layer moved into the analysis CRS, with what is not usable left out and told.
#pragma once

#include <optional>

#include "app/feature_attributes.hpp"
#include "geo/crs.hpp"
#include "geo/diagnostic.hpp"
#include "geo/geometry.hpp"

namespace vereda::app {

/// Chords of moved edges depart from the true edge by no more than this.
inline constexpr double edge_tolerance_metres = 0.05;

/// One layer's way into the analysis CRS.
class LayerGeometry {
  public:
    LayerGeometry(const geo::FeatureSource& features, const FeatureAttributes& attributes, const geo::Crs& analysis,
                  geo::Diagnostics& diagnostics);

    /// Polygons, repaired as written (with a warning and the ground area changed), then moved with their edges
    /// densified. nullopt, with a warning, for a feature without geometry or with points or lines; empty where no area
    /// was left.
    [[nodiscard]] std::optional<geo::MultiPolygon> polygons(const geo::Feature& feature, const std::string& id) const;
    /// Any geometry.
    [[nodiscard]] geo::Geometry moved(const geo::Feature& feature, const std::string& id) const;

  private:
    [[nodiscard]] geo::MultiPolygon moved_polygons(const geo::MultiPolygon& polygons, const geo::Locus& place) const;

    const FeatureAttributes& attributes_;
    geo::Crs crs_;
    geo::CrsTransform transform_;
    geo::Diagnostics& diagnostics_;
};

/// A circle of exactly that planar area, as a polygon of 64 corners; an equal-area CRS makes it the ground area.
[[nodiscard]] geo::MultiPolygon circle(geo::Point centre, geo::SquareMetres area);

}  // namespace vereda::app
