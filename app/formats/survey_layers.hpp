/// Simulated surveys and operations as layers in the columns of the data model.
#pragma once

#include <span>

#include "geo/io/feature_writer.hpp"
#include "regions/eradication.hpp"
#include "regions/survey.hpp"

namespace vereda::app {

/// Named by the crop.
[[nodiscard]] geo::io::LayerToWrite survey_layer(const regions::Survey& survey, const geo::Crs& crs);
/// "observed"; the survey must state what it saw.
[[nodiscard]] geo::io::LayerToWrite observed_layer(const regions::Survey& survey, const geo::Crs& crs);
/// Every event must have a polygon and reported hectares.
[[nodiscard]] geo::io::LayerToWrite eradication_layer(std::span<const regions::EradicationEvent> events,
                                                      const geo::Crs& crs);
/// A polygon layer without features.
[[nodiscard]] geo::io::LayerToWrite polygon_layer(std::string name, std::vector<geo::Field> fields,
                                                  const geo::Crs& crs);
void add_polygons(geo::io::LayerToWrite& layer, geo::Geometry geometry, std::vector<geo::Value> values);
/// A rectangle as a polygon.
[[nodiscard]] geo::MultiPolygon rectangle_of(const geo::Box& box);

}  // namespace vereda::app
