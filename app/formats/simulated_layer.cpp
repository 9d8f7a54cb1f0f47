#include "app/formats/simulated_layer.hpp"

#include <cstdint>
#include <utility>

namespace vereda::app {

using geo::io::LayerToWrite;

LayerToWrite empty_layer(std::string name, std::vector<geo::Field> fields, const geo::Crs& crs, std::string type) {
    return {std::move(name), "", {std::move(fields)}, crs, std::move(type), {}, {}, ""};
}

void add_feature(LayerToWrite& layer, geo::Geometry geometry, std::vector<geo::Value> values) {
    geo::Feature feature;
    feature.number = static_cast<std::int64_t>(layer.features.size()) + 1;
    feature.geometry = std::move(geometry);
    feature.values = std::move(values);
    layer.features.push_back(std::move(feature));
}

geo::MultiPolygon rectangle_of(const geo::Box& box) {
    geo::Polygon polygon;
    polygon.outer = {{box.min.x, box.min.y},
                     {box.min.x, box.max.y},
                     {box.max.x, box.max.y},
                     {box.max.x, box.min.y},
                     {box.min.x, box.min.y}};
    return {std::move(polygon)};
}

}  // namespace vereda::app
