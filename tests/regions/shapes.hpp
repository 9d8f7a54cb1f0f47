/// Shapes in metres around the centre of an equal-area CRS, for hand-worked cases.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "geo/crs.hpp"
#include "geo/geometry.hpp"
#include "regions/region_set.hpp"
#include "regions/survey.hpp"

namespace vereda::tests {

/// Lambert azimuthal equal-area centred on 76° W, 1° N (northern Putumayo).
inline const geo::Crs& metres_crs() {
    static const geo::Crs crs = geo::equal_area_crs(geo::Crs::wgs84(), {{-76.5, 0.5}, {-75.5, 1.5}});
    return crs;
}

inline geo::MultiPolygon rectangle(double x0, double y0, double x1, double y1) {
    geo::MultiPolygon shape(1);
    shape[0].outer = {{x0, y0}, {x0, y1}, {x1, y1}, {x1, y0}, {x0, y0}};
    return shape;
}

inline geo::MultiPolygon bow_tie(double x, double y, double half) {
    geo::MultiPolygon shape(1);
    shape[0].outer = {{x, y}, {x + 2 * half, y + 2 * half}, {x + 2 * half, y}, {x, y + 2 * half}, {x, y}};
    return shape;
}

/// A star-shaped polygon that never crosses itself.
template <class Random>
geo::MultiPolygon blob(Random& random, geo::Point centre, double radius, int corners) {
    std::uniform_real_distribution<double> reach(0.4, 1.0);
    geo::MultiPolygon shape(1);
    for (int i = 0; i < corners; ++i) {
        const double angle = -2 * 3.14159265358979323846 * i / corners;
        const double r = radius * reach(random);
        shape[0].outer.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
    }
    shape[0].outer.push_back(shape[0].outer.front());
    return shape;
}

inline regions::Region region(std::string id, geo::MultiPolygon geometry) {
    regions::Region result;
    result.name = "Vereda " + id;
    result.id = std::move(id);
    result.geometry = std::move(geometry);
    return result;
}

inline regions::Plot plot(std::string id, geo::MultiPolygon outline) {
    regions::Plot result;
    result.id = std::move(id);
    result.outline = std::move(outline);
    return result;
}

inline regions::RegionSet region_set(std::vector<regions::Region> regions, geo::Diagnostics& diagnostics) {
    return regions::RegionSet(std::move(regions), metres_crs(), {"regions.gpkg", "veredas", "", 0, ""}, diagnostics);
}

inline regions::Survey survey(int year, std::vector<regions::Plot> plots, geo::Diagnostics& diagnostics,
                              std::optional<geo::MultiPolygon> observed = std::nullopt) {
    regions::Survey result;
    result.year = year;
    result.plots = std::move(plots);
    result.observed = std::move(observed);
    return regions::validated(std::move(result), metres_crs(), {"plots.gpkg", "plots", "", 0, ""}, diagnostics);
}

/// How many diagnostics carry this message id.
inline std::size_t count_of(const geo::Diagnostics& diagnostics, std::string_view id) {
    std::size_t count = 0;
    for (const geo::Diagnostic& diagnostic : diagnostics.sorted())
        count += diagnostic.message.id.text() == id ? 1 : 0;
    return count;
}

}  // namespace vereda::tests
