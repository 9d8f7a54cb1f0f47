/// Polygons and grids for the raster tests.
#pragma once

#include <cmath>
#include <numbers>
#include <random>
#include <utility>
#include <vector>

#include "geo/geometry.hpp"
#include "raster/grid.hpp"

namespace vereda::tests {

inline geo::Ring rectangle_ring(double x0, double y0, double x1, double y1) {
    return geo::Ring{{x0, y0}, {x0, y1}, {x1, y1}, {x1, y0}, {x0, y0}};
}

inline geo::MultiPolygon rectangle(double x0, double y0, double x1, double y1) {
    return geo::MultiPolygon{geo::Polygon{rectangle_ring(x0, y0, x1, y1), {}}};
}

/// A star around a centre: simple for any radii, as its angles only grow.
inline geo::Ring star_ring(std::mt19937_64& random, geo::Point centre, double radius, int corners) {
    std::uniform_real_distribution<double> factor(0.2, 1.0);
    std::uniform_real_distribution<double> jitter(-0.3, 0.3);
    geo::Ring ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = (i + jitter(random)) * 2 * std::numbers::pi / corners;
        const double r = radius * factor(random);
        ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
    }
    ring.push_back(geo::Point(ring.front()));
    return ring;
}

/// North-up, lon/lat unless told otherwise.
inline raster::Grid grid_of(geo::Point origin, double cell, int width, int height,
                            const geo::Crs& crs = geo::Crs::wgs84()) {
    return {crs, origin, cell, cell, width, height};
}

}  // namespace vereda::tests
