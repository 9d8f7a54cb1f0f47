#include "app/survey_inputs.hpp"

#include <algorithm>
#include <limits>

#include "app/feature_attributes.hpp"
#include "app/layer_geometry.hpp"
#include "geo/error.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/topology.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "regions/class_plots.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr double any_number = std::numeric_limits<double>::max();

/// The columns of a layer of plots.
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

    explicit PlotColumns(const FeatureAttributes& attributes)
        : id(attributes.required("plot_id")),
          year(attributes.optional("year")),
          crop(attributes.optional("crop")),
          household(attributes.optional("household_id")),
          area_declared(attributes.optional("area_declared_m2")),
          image_date(attributes.optional("image_date")),
          confidence(attributes.optional("confidence")),
          position_error(attributes.optional("position_error_m")),
          measured_by(attributes.optional("measured_by")) {}
};

regions::MeasuredBy measured_by(const FeatureAttributes& attributes, const Feature& feature,
                                const PlotColumns& columns) {
    const std::string word = attributes.text(feature, columns.measured_by);
    if (word.empty() || word == "unknown") return regions::MeasuredBy::unknown;
    if (word == "gnss_walk") return regions::MeasuredBy::gnss_walk;
    if (word == "corners") return regions::MeasuredBy::corners;
    if (word == "vhr") return regions::MeasuredBy::vhr;
    if (word == "medium_resolution") return regions::MeasuredBy::medium_resolution;
    throw Error(ErrorKind::input,
                {"layer.word_unknown"_msg, {{"text", word}, {"words", "gnss_walk, corners, vhr, medium_resolution"}}},
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

std::optional<regions::Plot> read_plot(const FeatureAttributes& attributes, const LayerGeometry& geometry,
                                       const PlotColumns& columns, const Feature& feature) {
    regions::Plot plot;
    plot.id = attributes.text(feature, columns.id);
    plot.household_id = attributes.text(feature, columns.household);
    if (const auto area = attributes.number_within(feature, columns.area_declared, 0, any_number))
        plot.area_declared = SquareMetres(*area);
    plot.image_date = attributes.date(feature, columns.image_date);
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

bool belongs(const FeatureAttributes& attributes, const PlotColumns& columns, const Feature& feature,
             const StudySurvey& survey) {
    const auto year = attributes.integer(feature, columns.year);
    const std::string crop = attributes.text(feature, columns.crop);
    return (!year || *year == survey.year) && (crop.empty() || crop == regions::name_of(survey.crop));
}

std::vector<regions::Plot> survey_plots(const StudySurvey& survey, const Crs& analysis, Locus& place,
                                        Diagnostics& diagnostics) {
    const auto source = io::open_features(survey.plots->path, survey.plots->options, diagnostics);
    place = source->locus();
    const FeatureAttributes attributes(*source, *survey.plots);
    const PlotColumns columns(attributes);
    if (survey.shared_by_years) static_cast<void>(attributes.required("year"));
    if (survey.shared_by_crops) static_cast<void>(attributes.required("crop"));
    const LayerGeometry geometry(*source, attributes, analysis, diagnostics);
    std::vector<regions::Plot> plots;
    long others = 0;
    Feature feature;
    while (source->next(feature)) {
        if (!belongs(attributes, columns, feature, survey)) {
            ++others;
            continue;
        }
        if (auto plot = read_plot(attributes, geometry, columns, feature)) plots.push_back(*std::move(plot));
    }
    if (others > 0) {
        diagnostics.add({Severity::note,
                         {"plots.of_other_surveys"_msg,
                          {{"count", std::to_string(others)},
                           {"year", std::to_string(survey.year)},
                           {"crop", std::string(regions::name_of(survey.crop))}}},
                         place});
    }
    return plots;
}

std::vector<regions::Plot> class_plots(const StudySurvey& survey, const regions::RegionSet& regions, Locus& place,
                                       Diagnostics& diagnostics) {
    const auto source = raster::io::open_raster(survey.classes->band, {}, diagnostics);
    place = source->locus();
    return regions::class_plots(
        *source, {.crop_class = survey.crop_class, .min_area = survey.min_area, .connectivity = survey.connectivity},
        regions, diagnostics);
}

/// A survey whose plots all lie farther from the regions than these are wide is one of another place, or has its axes
/// or CRS wrong.
void refuse_plots_elsewhere(const std::vector<regions::Plot>& plots, const regions::RegionSet& regions,
                            const Locus& place) {
    Box near = regions.extent();
    const double margin = std::max(near.width(), near.height());
    near.add(Box{{near.min.x - margin, near.min.y - margin}, {near.max.x + margin, near.max.y + margin}});
    const bool elsewhere =
        std::ranges::none_of(plots, [&](const regions::Plot& plot) { return near.intersects(envelope(plot.outline)); });
    if (!plots.empty() && elsewhere) throw Error(ErrorKind::input, {"plots.all_elsewhere"_msg, {}}, place);
}

MultiPolygon observed_land(const StudySurvey& survey, const Crs& analysis, Diagnostics& diagnostics) {
    const auto source = io::open_features(survey.observed->path, survey.observed->options, diagnostics);
    const FeatureAttributes attributes(*source, *survey.observed);
    const Attribute year = attributes.optional("year");
    const LayerGeometry geometry(*source, attributes, analysis, diagnostics);
    std::vector<MultiPolygon> parts;
    Feature feature;
    while (source->next(feature)) {
        const auto written = attributes.integer(feature, year);
        if (written && *written != survey.year) continue;
        if (auto polygons = geometry.polygons(feature, {})) parts.push_back(*std::move(polygons));
    }
    return union_of(parts);
}

}  // namespace

regions::Survey read_survey(const StudySurvey& survey, const regions::RegionSet& regions, Diagnostics& diagnostics) {
    regions::Survey result;
    result.year = survey.year;
    result.crop = survey.crop;
    result.position_error = survey.position_error;
    Locus place;
    result.plots = survey.plots ? survey_plots(survey, regions.crs(), place, diagnostics)
                                : class_plots(survey, regions, place, diagnostics);
    refuse_plots_elsewhere(result.plots, regions, place);
    if (survey.observed) result.observed = observed_land(survey, regions.crs(), diagnostics);
    return regions::validated(std::move(result), regions.crs(), place, diagnostics);
}

std::vector<regions::Plot> read_registered_plots(const StudySource& source, const Crs& analysis,
                                                 Diagnostics& diagnostics) {
    const auto features = io::open_features(source.path, source.options, diagnostics);
    const FeatureAttributes attributes(*features, source);
    const PlotColumns columns(attributes);
    const LayerGeometry geometry(*features, attributes, analysis, diagnostics);
    regions::Survey whole;
    Feature feature;
    while (features->next(feature)) {
        if (auto plot = read_plot(attributes, geometry, columns, feature)) whole.plots.push_back(*std::move(plot));
    }
    return regions::validated(std::move(whole), analysis, features->locus(), diagnostics).plots;
}

}  // namespace vereda::app
