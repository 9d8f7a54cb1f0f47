/// Simulated surveys and operations as layers in the columns of the data model.
#pragma once

#include <span>

#include "geo/io/feature_writer.hpp"
#include "regions/eradication.hpp"
#include "regions/survey.hpp"

namespace vereda::app {

/// Named by the crop.
[[nodiscard]] geo::io::LayerToWrite survey_layer(const regions::Survey& survey, const geo::Crs& crs);
/// "observed": what a year's survey saw.
[[nodiscard]] geo::io::LayerToWrite observed_layer(int year, const geo::MultiPolygon& observed, const geo::Crs& crs);
/// Every event must have a polygon and reported hectares.
[[nodiscard]] geo::io::LayerToWrite eradication_layer(std::span<const regions::EradicationEvent> events,
                                                      const geo::Crs& crs);

}  // namespace vereda::app
