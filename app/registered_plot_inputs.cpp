#include "app/registered_plot_inputs.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "app/plot_layer.hpp"
#include "geo/error.hpp"
#include "geo/io/feature_reader.hpp"

namespace vereda::app {

using namespace geo;
using livelihoods::RegisteredPlot;

namespace {

constexpr double steepest = 80;  // degrees
constexpr int earliest_year = 1900;
constexpr int latest_year = 2200;

/// What a register says besides the outline.
struct RegisterColumns {
    Attribute correlation;
    Attribute slope;
    Attribute parcel;
    Attribute replaces;

    explicit RegisterColumns(const FeatureAttributes& attributes)
        : correlation(attributes.optional("correlation_m")),
          slope(attributes.optional("slope_deg")),
          parcel(attributes.optional("parcel_id")),
          replaces(attributes.optional("replaces")) {}
};

std::optional<regions::Crop> crop_of(const FeatureAttributes& attributes, const Feature& feature,
                                     const Attribute& column) {
    const std::string word = attributes.text(feature, column);
    if (word.empty()) return std::nullopt;
    if (word == "coca") return regions::Crop::coca;
    if (word == "poppy") return regions::Crop::poppy;
    throw Error(ErrorKind::input, {"layer.word_unknown"_msg, {{"text", word}, {"words", "coca, poppy"}}},
                attributes.place(feature, {}, column.name));
}

std::optional<int> year_of_row(const FeatureAttributes& attributes, const Feature& feature, const Attribute& column) {
    const auto year = attributes.integer(feature, column);
    if (!year) return std::nullopt;
    if (*year < earliest_year || *year > latest_year) {
        throw Error(ErrorKind::input, {"plots.year_impossible"_msg, {{"year", std::to_string(*year)}}},
                    attributes.place(feature, {}, column.name));
    }
    return static_cast<int>(*year);
}

/// Repaired and measured by year, since ids are unique within one.
std::vector<RegisteredPlot> validated(std::vector<RegisteredPlot> plots, const Crs& analysis,
                                      std::optional<Metres> position_error, const Locus& place,
                                      Diagnostics& diagnostics) {
    std::map<int, std::vector<RegisteredPlot>> by_year;
    for (RegisteredPlot& plot : plots) {
        const int year = plot.year ? *plot.year : plot.image_date ? geo::year_of(*plot.image_date) : 0;
        by_year[year].push_back(std::move(plot));
    }
    std::vector<RegisteredPlot> result;
    for (auto& [year, of_year] : by_year) {
        std::map<std::string, RegisteredPlot> said;
        regions::Survey survey;
        survey.year = year;
        survey.position_error = position_error;
        for (RegisteredPlot& plot : of_year) {
            survey.plots.push_back(plot);
            plot.outline.clear();
            said.emplace(plot.id, std::move(plot));
        }
        for (regions::Plot& plot : regions::validated(std::move(survey), analysis, place, diagnostics).plots) {
            RegisteredPlot registered = std::move(said.at(plot.id));
            static_cast<regions::Plot&>(registered) = std::move(plot);
            if (!registered.position_error) registered.position_error = position_error;
            result.push_back(std::move(registered));
        }
    }
    return result;
}

}  // namespace

std::vector<RegisteredPlot> read_registered_plots(const StudySource& source, const Crs& analysis,
                                                  std::optional<Metres> position_error, Diagnostics& diagnostics) {
    const auto features = io::open_features(source.path, source.options, diagnostics);
    const FeatureAttributes attributes(*features, source);
    const PlotColumns columns(attributes);
    const RegisterColumns said(attributes);
    const LayerGeometry geometry(*features, attributes, analysis, diagnostics);
    std::vector<RegisteredPlot> plots;
    Feature feature;
    while (features->next(feature)) {
        auto read = read_plot(attributes, geometry, columns, feature);
        if (!read) continue;
        RegisteredPlot plot{*std::move(read)};
        plot.crop = crop_of(attributes, feature, columns.crop);
        plot.year = year_of_row(attributes, feature, columns.year);
        if (const auto length =
                attributes.number_within(feature, said.correlation, 0, std::numeric_limits<double>::max()))
            plot.correlation_length = Metres(*length);
        plot.slope_degrees = attributes.number_within(feature, said.slope, 0, steepest);
        plot.parcel_id = attributes.text(feature, said.parcel);
        plot.replaces = attributes.text(feature, said.replaces);
        plots.push_back(std::move(plot));
    }
    return validated(std::move(plots), analysis, position_error, features->locus(), diagnostics);
}

}  // namespace vereda::app
