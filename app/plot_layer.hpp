/// Plots as layers hold them: the columns that surveys and registers of plots share.
#pragma once

#include <optional>

#include "app/feature_attributes.hpp"
#include "app/layer_geometry.hpp"
#include "regions/survey.hpp"

namespace vereda::app {

struct PlotColumns {
    Attribute id;
    Attribute year;
    Attribute crop;
    Attribute household;
    Attribute area_declared;
    Attribute image_date;
    Attribute confidence;
    Attribute position_error;
    Attribute measured_by;
    Attribute post_harvest_date;

    explicit PlotColumns(const FeatureAttributes& attributes)
        : id(attributes.required("plot_id")),
          year(attributes.optional("year")),
          crop(attributes.optional("crop")),
          household(attributes.optional("household_id")),
          area_declared(attributes.optional("area_declared_m2")),
          image_date(attributes.optional("image_date")),
          confidence(attributes.optional("confidence")),
          position_error(attributes.optional("position_error_m")),
          measured_by(attributes.optional("measured_by")),
          post_harvest_date(attributes.optional("post_harvest_date")) {}
};

/// Polygons as they are; points become circles of their area_declared_m2 (Error(input, "plots.area_missing") without
/// one). Nullopt, told, for a feature without a usable outline.
[[nodiscard]] std::optional<regions::Plot> read_plot(const FeatureAttributes& attributes, const LayerGeometry& geometry,
                                                     const PlotColumns& columns, const geo::Feature& feature);

}  // namespace vereda::app
