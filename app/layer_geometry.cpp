#include "app/layer_geometry.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/topology.hpp"

namespace vereda::app {

using namespace geo;

namespace {

const Crs& crs_of(const FeatureSource& features) {
    if (!features.crs()) throw Error(ErrorKind::input, {"layer.no_geometry"_msg, {}}, features.locus());
    return *features.crs();
}

/// What a repair changed, taken to the ground at the scale of what it left; nullopt where nothing is left to scale by.
std::optional<SquareMetres> ground_area(const Repair& repaired, const Crs& crs) {
    const double planar = planar_area(repaired.polygons);
    if (!(planar > 0)) return std::nullopt;
    return ellipsoidal_area(repaired.polygons, crs) * (repaired.area_changed / planar);
}

/// An outline of small places that spans half the globe crosses the 180° meridian and was not cut there: taken as it
/// stands it would be its own complement.
void refuse_wrapped(const MultiPolygon& polygons, const Crs& crs) {
    if (!crs.is_geographic()) return;
    const double half_turn = std::numbers::pi / crs.unit_factor();
    for (const Polygon& polygon : polygons) {
        if (polygon.outer.empty()) continue;
        const auto [west, east] = std::ranges::minmax(polygon.outer, {}, &Point::x);
        if (east.x - west.x > half_turn) throw Error(ErrorKind::input, {"layer.antimeridian"_msg, {}});
    }
}

}  // namespace

LayerGeometry::LayerGeometry(const FeatureSource& features, const FeatureAttributes& attributes, const Crs& analysis,
                             Diagnostics& diagnostics)
    : attributes_(attributes), crs_(crs_of(features)), transform_(crs_, analysis), diagnostics_(diagnostics) {}

std::optional<MultiPolygon> LayerGeometry::polygons(const Feature& feature, const std::string& id) const {
    const auto* polygons = std::get_if<MultiPolygon>(&feature.geometry);
    if (polygons == nullptr || polygons->empty()) {
        const bool none = polygons != nullptr || std::holds_alternative<std::monostate>(feature.geometry);
        diagnostics_.add({Severity::warning,
                          {none ? "layer.geometry_none"_msg : "layer.geometry_not_polygon"_msg, {}},
                          attributes_.place(feature, id)});
        return std::nullopt;
    }
    return moved_polygons(*polygons, attributes_.place(feature, id));
}

MultiPolygon LayerGeometry::moved_polygons(const MultiPolygon& polygons, const Locus& place) const {
    try {
        refuse_wrapped(polygons, crs_);
        const Repair repaired = repair(polygons);
        if (repaired.problem) {
            diagnostics_.add({Severity::warning,
                              {"layer.geometry_repaired"_msg, {{"reason", repaired.problem->reason}}},
                              place,
                              ground_area(repaired, crs_)});
        }
        return transform_.forward_densified(repaired.polygons, edge_tolerance_metres);
    } catch (Error& error) {
        error.in_file(place.file).in_layer(place.layer).at_feature(place.feature);
        throw;
    }
}

Geometry LayerGeometry::moved(const Feature& feature, const std::string& id) const {
    const Locus place = attributes_.place(feature, id);
    if (const auto* polygons = std::get_if<MultiPolygon>(&feature.geometry)) return moved_polygons(*polygons, place);
    try {
        return transform_.forward(feature.geometry);
    } catch (Error& error) {
        error.in_file(place.file).in_layer(place.layer).at_feature(place.feature);
        throw;
    }
}

MultiPolygon circle(Point centre, SquareMetres area) {
    constexpr int corners = 64;
    constexpr double pi = 3.14159265358979323846;
    // Area of a regular polygon: ½·n·r²·sin(2π/n).
    const double radius = std::sqrt(2 * area.value() / (corners * std::sin(2 * pi / corners)));
    Polygon polygon;
    for (int i = 0; i <= corners; ++i) {
        const double angle = -2 * pi * (i % corners) / corners;
        polygon.outer.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
    }
    MultiPolygon result;
    result.push_back(std::move(polygon));
    return result;
}

}  // namespace vereda::app
