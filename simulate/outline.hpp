/// Irregular closed outlines around a centre: plots, clouds, burnt patches, operations. Every outline is star-shaped
/// about its centre, so it never crosses itself.
#pragma once

#include "geo/geometry.hpp"
#include "geo/quantity.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

struct OutlineShape {
    int vertices = 12;
    double roughness = 0.25;  ///< relative amplitude of the radius, below 0.6
    double elongation = 1.5;  ///< long axis over short axis
    double direction = 0;     ///< of the long axis, radians from east
};

/// Clockwise ring of exactly `area` before its coordinates are rounded to centimetres.
[[nodiscard]] geo::Ring outline(geo::Point centre, geo::SquareMetres area, const OutlineShape& shape, Random& random);

/// The same ring scaled about `centre`.
[[nodiscard]] geo::Ring scaled(const geo::Ring& ring, geo::Point centre, double factor);

/// Even-odd test; points on the boundary may fall either way.
[[nodiscard]] bool inside(const geo::Ring& ring, geo::Point p);

[[nodiscard]] inline geo::MultiPolygon as_polygons(geo::Ring ring) {
    return {geo::Polygon{std::move(ring), {}}};
}

/// Rounds to whole centimetres.
[[nodiscard]] geo::Point to_centimetres(geo::Point p);

}  // namespace vereda::simulate
