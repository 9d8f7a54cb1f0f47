#include "app/survey_inputs.hpp"

#include <algorithm>
#include <limits>

#include "app/feature_attributes.hpp"
#include "app/layer_geometry.hpp"
#include "app/plot_layer.hpp"
#include "geo/error.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/topology.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "regions/class_plots.hpp"
#include "regions/observed_mask.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr double any_number = std::numeric_limits<double>::max();

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

void read_observed(const StudySurvey& survey, const Crs& analysis, Diagnostics& diagnostics, regions::Survey& result) {
    const auto source = io::open_features(survey.observed->path, survey.observed->options, diagnostics);
    const FeatureAttributes attributes(*source, *survey.observed);
    const Attribute year = attributes.optional("year");
    const Attribute image_date = attributes.optional("image_date");
    const LayerGeometry geometry(*source, attributes, analysis, diagnostics);
    std::vector<MultiPolygon> parts;
    Feature feature;
    while (source->next(feature)) {
        const auto written = attributes.integer(feature, year);
        if (written && *written != survey.year) continue;
        auto polygons = geometry.polygons(feature, {});
        if (!polygons) continue;
        if (const auto day = attributes.date(feature, image_date)) result.scenes.push_back({*polygons, *day});
        parts.push_back(*std::move(polygons));
    }
    result.observed = union_of(parts);
}

MultiPolygon masked_land(const StudyRaster& mask, const regions::SeenValues& seen, const regions::RegionSet& regions,
                         Diagnostics& diagnostics) {
    const auto source = raster::io::open_raster(mask.band, {}, diagnostics);
    return regions::observed_mask(*source, seen, regions);
}

}  // namespace

regions::Survey read_survey(const StudySurvey& survey, const regions::RegionSet& regions, Diagnostics& diagnostics) {
    regions::Survey result;
    result.year = survey.year;
    result.crop = survey.crop;
    result.position_error = survey.position_error;
    result.outline_bias_sd = survey.outline_bias_sd;
    result.image_date = survey.image_date;
    result.min_area = survey.min_area;
    Locus place;
    result.plots = survey.plots ? survey_plots(survey, regions.crs(), place, diagnostics)
                                : class_plots(survey, regions, place, diagnostics);
    refuse_plots_elsewhere(result.plots, regions, place);
    if (survey.observed) read_observed(survey, regions.crs(), diagnostics, result);
    if (survey.observed_mask)
        result.observed = masked_land(*survey.observed_mask, {.values = survey.observed_values}, regions, diagnostics);
    // A classified raster is its own record of what was seen: cells without a class were not.
    if (survey.classes && !result.observed)
        result.observed = masked_land(*survey.classes, {.zero_too = true}, regions, diagnostics);
    return regions::validated(std::move(result), regions.crs(), place, diagnostics);
}

}  // namespace vereda::app
