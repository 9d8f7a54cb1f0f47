#include "app/plot_layer.hpp"

#include <limits>

#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr double any_number = std::numeric_limits<double>::max();

regions::MeasuredBy measured_by(const FeatureAttributes& attributes, const Feature& feature,
                                const PlotColumns& columns) {
    const std::string word = attributes.text(feature, columns.measured_by);
    if (word.empty() || word == "unknown") return regions::MeasuredBy::unknown;
    if (word == "gnss_walk") return regions::MeasuredBy::gnss_walk;
    if (word == "corners") return regions::MeasuredBy::corners;
    if (word == "vhr") return regions::MeasuredBy::vhr;
    if (word == "tape") return regions::MeasuredBy::tape;
    if (word == "medium_resolution") return regions::MeasuredBy::medium_resolution;
    throw Error(
        ErrorKind::input,
        {"layer.word_unknown"_msg, {{"text", word}, {"words", "gnss_walk, corners, tape, vhr, medium_resolution"}}},
        attributes.place(feature, {}, columns.measured_by.name));
}

/// Outline of a point by its declared area, in the analysis CRS.
std::optional<MultiPolygon> point_outline(const FeatureAttributes& attributes, const LayerGeometry& geometry,
                                          const Feature& feature, const regions::Plot& plot) {
    const auto* written = std::get_if<Points>(&feature.geometry);
    if (written == nullptr || written->parts.empty()) return std::nullopt;
    if (!plot.area_declared || !(plot.area_declared->value() > 0)) {
        throw Error(ErrorKind::input, {"plots.area_missing"_msg, {}},
                    attributes.place(feature, plot.id, "area_declared_m2"));
    }
    const Geometry moved = geometry.moved(feature, plot.id);
    return circle(std::get<Points>(moved).parts.front(), *plot.area_declared);
}

}  // namespace

std::optional<regions::Plot> read_plot(const FeatureAttributes& attributes, const LayerGeometry& geometry,
                                       const PlotColumns& columns, const Feature& feature) {
    regions::Plot plot;
    plot.id = attributes.text(feature, columns.id);
    plot.household_id = attributes.text(feature, columns.household);
    if (const auto area = attributes.number_within(feature, columns.area_declared, 0, any_number))
        plot.area_declared = SquareMetres(*area);
    plot.image_date = attributes.date(feature, columns.image_date);
    plot.post_harvest_date = attributes.date(feature, columns.post_harvest_date);
    if (plot.image_date && plot.post_harvest_date && *plot.post_harvest_date < *plot.image_date) {
        throw Error(ErrorKind::input, {"plots.harvest_before_image"_msg, {}},
                    attributes.place(feature, plot.id, columns.post_harvest_date.name));
    }
    plot.confidence = attributes.number_within(feature, columns.confidence, 0, 1);
    if (const auto error = attributes.number_within(feature, columns.position_error, 0, any_number))
        plot.position_error = Metres(*error);
    plot.measured_by = measured_by(attributes, feature, columns);
    auto outline = point_outline(attributes, geometry, feature, plot);
    if (!outline) outline = geometry.polygons(feature, plot.id);
    if (!outline) return std::nullopt;
    plot.outline = *std::move(outline);
    return plot;
}

}  // namespace vereda::app
