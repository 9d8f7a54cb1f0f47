/// Seeded polygons for the benchmarks.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "raster/zonal.hpp"

namespace vereda::bench {

inline geo::MultiPolygon star(std::mt19937_64& random, geo::Point centre, double radius, int corners) {
    std::uniform_real_distribution<double> factor(0.6, 1.0);
    geo::Ring ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = i * 2 * std::numbers::pi / corners;
        const double r = radius * factor(random);
        ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
    }
    ring.push_back(geo::Point(ring.front()));
    return {geo::Polygon{ring, {}}};
}

/// 30 m cells in degrees, as national forest products have them.
inline raster::Grid grid(int side) {
    return {geo::Crs::wgs84(), {-76, 4}, 0.00025, 0.00025, side, side};
}

/// Plots of about 0.05 to 5 ha, a few cells each.
inline std::vector<raster::Zone> plots(const raster::Grid& grid, int count) {
    std::mt19937_64 random(1);
    const geo::Box box = grid.extent();
    std::uniform_real_distribution<double> x(box.min.x, box.max.x);
    std::uniform_real_distribution<double> y(box.min.y, box.max.y);
    std::uniform_real_distribution<double> hectares(std::log(0.05), std::log(5.0));
    std::vector<raster::Zone> zones;
    for (int i = 0; i < count; ++i) {
        const double metres = std::sqrt(std::exp(hectares(random)) * 1e4 / std::numbers::pi);
        zones.push_back({std::to_string(i), star(random, {x(random), y(random)}, metres / 111'320, 22)});
    }
    return zones;
}

}  // namespace vereda::bench
