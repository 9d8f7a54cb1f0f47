/// One map layer, field by field and feature by feature; and the layers of regions, which several sources fill.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/layers.hpp"
#include "report/map_canvas.hpp"

namespace vereda::report {

class LayerBuilder {
  public:
    LayerBuilder(std::string name, std::string description, const geo::Crs& crs, std::string geometry_type,
                 const Catalogue& words)
        : words_(words),
          layer_{std::move(name), std::move(description), {}, crs, std::move(geometry_type), {}, {}, {}} {}

    /// The alias is `about` up to its first comma or semicolon, the comment the whole and the unit.
    void field(const std::string& name, geo::FieldType type, geo::MessageId about, std::string_view unit = "");
    /// Like field(), for names and titles that come from data.
    void field(const std::string& name, geo::FieldType type, const std::string& about, std::string_view unit);
    void feature(geo::Geometry geometry, std::vector<geo::Value> values);
    /// With the style of that name, its `{keys}` replaced by the catalogue's texts.
    [[nodiscard]] MapLayer finished(const Styles& styles, std::string_view style);

  private:
    const Catalogue& words_;
    MapLayer layer_;
};

template <class T>
[[nodiscard]] geo::Value optional_value(const std::optional<T>& value) {
    return value ? geo::Value(*value) : geo::Value();
}
template <class Unit>
[[nodiscard]] geo::Value optional_value(const std::optional<geo::Quantity<Unit>>& value) {
    return value ? geo::Value(value->value()) : geo::Value();
}

[[nodiscard]] MapLayer regions_layer(const RunResults& results, const Catalogue& words, const Styles& styles);

}  // namespace vereda::report
