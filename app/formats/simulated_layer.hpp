/// A layer built up in memory, feature by feature, for the files that `simulate` writes.
#pragma once

#include <string>
#include <vector>

#include "geo/io/feature_writer.hpp"

namespace vereda::app {

/// A layer without features; `type` as OGR names it.
[[nodiscard]] geo::io::LayerToWrite empty_layer(std::string name, std::vector<geo::Field> fields, const geo::Crs& crs,
                                                std::string type = "MultiPolygon");
/// Features are numbered from 1.
void add_feature(geo::io::LayerToWrite& layer, geo::Geometry geometry, std::vector<geo::Value> values);
/// A rectangle as a polygon.
[[nodiscard]] geo::MultiPolygon rectangle_of(const geo::Box& box);

}  // namespace vereda::app
