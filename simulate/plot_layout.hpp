/// Where the plots of a tracking landscape can stand: communities with their road and strips, and blocks of fields.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/geometry.hpp"
#include "simulate/random.hpp"
#include "simulate/tracking_parameters.hpp"

namespace vereda::simulate {

/// A rectangle of 2.5 by 4 km with an east-west road in its middle: 25 strips of 100 m by 2 km on either side.
struct Community {
    std::string id;  ///< "S-0102": row 1, column 2 from the north-west
    std::string name;
    bool highland = false;  ///< poppy blocks instead of coca strips
    geo::Box land;
};

struct PlotLayout {
    geo::Box extent;
    std::vector<Community> communities;                ///< by id; they tile the extent
    std::vector<geo::Ring> coca;                       ///< outlines of the first year
    std::vector<std::vector<geo::Ring>> poppy_blocks;  ///< fields of each block
};

inline constexpr double community_width = 2500;  ///< metres
inline constexpr double community_depth = 4000;
inline constexpr double strip_width = 100;
inline constexpr int strips_per_side = 25;
inline constexpr double clear_gap = 6;  ///< metres that plots set apart from each other keep at least

[[nodiscard]] PlotLayout plot_layout(const TrackingParameters& parameters, std::uint64_t seed);

/// A nearly rectangular outline of about `area` m²: 4 to 8 vertices, each a little off, turned by `turn` radians.
[[nodiscard]] geo::Ring field_outline(geo::Point centre, double area, double turn, Random& random);
/// The area of a family's plot, m²: lognormal around 1,600, 500 to 6,000.
[[nodiscard]] double family_plot_area(Random& random);
/// Centre for a plot on the given strip of a community, more often near the road than deep in the land.
[[nodiscard]] geo::Point place_on_strip(const Community& community, int strip, Random& random);

}  // namespace vereda::simulate
