#include "app/layer_geometry.hpp"

#include <cmath>

#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

const Crs& crs_of(const FeatureSource& features) {
    if (!features.crs()) throw Error(ErrorKind::input, {"layer.no_geometry"_msg, {}}, features.locus());
    return *features.crs();
}

}  // namespace

LayerGeometry::LayerGeometry(const FeatureSource& features, const FeatureAttributes& attributes, const Crs& analysis,
                             Diagnostics& diagnostics)
    : attributes_(attributes), transform_(crs_of(features), analysis), diagnostics_(diagnostics) {}

std::optional<MultiPolygon> LayerGeometry::polygons(const Feature& feature, const std::string& id) const {
    const auto* polygons = std::get_if<MultiPolygon>(&feature.geometry);
    if (polygons == nullptr || polygons->empty()) {
        const bool none = polygons != nullptr || std::holds_alternative<std::monostate>(feature.geometry);
        diagnostics_.add({Severity::warning,
                          {none ? "layer.geometry_none"_msg : "layer.geometry_not_polygon"_msg, {}},
                          attributes_.place(feature, id)});
        return std::nullopt;
    }
    try {
        return transform_.forward_densified(*polygons, edge_tolerance_metres);
    } catch (Error& error) {
        const Locus place = attributes_.place(feature, id);
        error.in_file(place.file).in_layer(place.layer).at_feature(place.feature);
        throw;
    }
}

Geometry LayerGeometry::moved(const Feature& feature, const std::string& id) const {
    try {
        if (const auto* polygons = std::get_if<MultiPolygon>(&feature.geometry)) {
            return transform_.forward_densified(*polygons, edge_tolerance_metres);
        }
        return transform_.forward(feature.geometry);
    } catch (Error& error) {
        const Locus place = attributes_.place(feature, id);
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
