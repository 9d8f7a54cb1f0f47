#include "raster/edge_length.hpp"

#include <cmath>

namespace vereda::raster {

EdgeLength::EdgeLength(const Grid& grid)
    : east_(static_cast<std::size_t>(grid.height) + 1), north_(static_cast<std::size_t>(grid.height) + 1) {
    const double unit = grid.crs.unit_factor();
    const geo::Ellipsoid& ellipsoid = grid.crs.ellipsoid();
    const double flattening = ellipsoid.inverse_flattening == 0 ? 0 : 1 / ellipsoid.inverse_flattening;
    const double eccentricity2 = flattening * (2 - flattening);
    const auto root = [&](double latitude) {
        const double sine = std::sin(latitude);
        return std::sqrt(1 - eccentricity2 * sine * sine);
    };
    const auto latitude = [&](double line) { return (grid.origin.y - line * grid.cell_height) * unit; };
    for (int line = 0; line <= grid.height; ++line) {
        const auto i = static_cast<std::size_t>(line);
        if (!grid.crs.is_geographic()) {
            east_[i] = grid.cell_width * unit;
            north_[i] = line * grid.cell_height * unit;
            continue;
        }
        const double radius = ellipsoid.semi_major.value();
        east_[i] = std::abs(radius / root(latitude(line)) * std::cos(latitude(line))) * grid.cell_width * unit;
        if (line == 0) continue;
        const double w = root(latitude(line - 0.5));
        north_[i] = north_[i - 1] + radius * (1 - eccentricity2) / (w * w * w) * grid.cell_height * unit;
    }
}

}  // namespace vereda::raster
