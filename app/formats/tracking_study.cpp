#include "app/formats/tracking_study.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <utility>

#include "app/formats/simulated_layer.hpp"
#include "app/formats/survey_layers.hpp"
#include "simulate/tracking_tables.hpp"

namespace vereda::app {

namespace {

using geo::FieldType;
using geo::io::LayerToWrite;

LayerToWrite communities(const simulate::TrackingLandscape& landscape) {
    LayerToWrite out = empty_layer("communities", {{"id", FieldType::text}, {"name", FieldType::text}}, landscape.crs);
    for (const simulate::Community& community : landscape.layout.communities) {
        add_feature(out, rectangle_of(community.land), {community.id, community.name});
    }
    return out;
}

std::string study_toml(const simulate::TrackingLandscape& landscape) {
    const simulate::TrackingParameters& parameters = landscape.parameters;
    std::vector<int> years;
    bool poppy = false;
    for (const regions::Survey& survey : landscape.seen.surveys) {
        if (survey.crop == regions::Crop::coca) years.push_back(survey.year);
        poppy = poppy || survey.crop == regions::Crop::poppy;
    }
    std::string out = fmt::format(R"(# {0}: un paisaje simulado. Ningún lugar, familia o cultivo de estos datos existe.
# {0}: a simulated landscape. No place, family or crop in these data exists.
# Hecho con / made with: vereda simulate DIR --preset tracking --seed {1}
# La verdad de la simulación está en truth/ / the simulation's truth is in truth/

[study]
name = "{0}"
crops = [{2}]
years = [{3}]
crs = "auto"                       # equivalente, centrado en las regiones / equal-area, centred on the regions

[regions]
source = "regions.gpkg"

[events]
eradication = "eradication.gpkg"

# Un censo por año y cultivo; las nubes quedan fuera de lo observado.
# One survey per year and crop; clouds are left out of what was observed.
)",
                                  parameters.name, landscape.seed, poppy ? R"("coca", "poppy")" : R"("coca")",
                                  fmt::join(years, ", "));
    for (const regions::Survey& survey : landscape.seen.surveys) {
        out += fmt::format(R"([[surveys]]
year = {0}
crop = "{1}"
plots = "plots_{0}.gpkg"
layer = "{1}"
observed = "observed_{0}.gpkg"
)",
                           survey.year, regions::name_of(survey.crop));
        if (survey.position_error->value() > 0)
            out += fmt::format("position_error_m = {}\n", survey.position_error->value());
        out += '\n';
    }
    return out;
}

std::vector<LayerFile> layers(const simulate::TrackingLandscape& landscape) {
    std::vector<LayerFile> out;
    out.push_back({"regions.gpkg", {communities(landscape)}});
    std::map<int, std::vector<LayerToWrite>> of_year;
    for (const regions::Survey& survey : landscape.seen.surveys)
        of_year[survey.year].push_back(survey_layer(survey, landscape.crs));
    for (auto& [year, both] : of_year)
        out.push_back({fmt::format("plots_{}.gpkg", year), std::move(both)});
    for (const regions::Survey& survey : landscape.seen.surveys) {
        if (survey.crop == regions::Crop::coca)
            out.push_back({fmt::format("observed_{}.gpkg", survey.year),
                           {observed_layer(survey.year, *survey.observed, landscape.crs)}});
    }
    std::vector<regions::EradicationEvent> events;
    for (const simulate::PlotOperation& operation : landscape.history.operations)
        events.push_back(operation.event);
    out.push_back({"eradication.gpkg", {eradication_layer(events, landscape.crs)}});
    return out;
}

}  // namespace

SimulatedStudy tracking_study(const simulate::TrackingLandscape& landscape) {
    const simulate::TrackingParameters& parameters = landscape.parameters;
    SimulatedStudy study;
    study.study_toml = study_toml(landscape);
    study.layers = layers(landscape);
    study.truth = simulate::tracking_truth_tables(landscape);
    study.run_json = simulation_run_json({"tracking", landscape.seed},
                                         {{"plots", std::to_string(parameters.coca_plots)},
                                          {"years", std::to_string(parameters.years)},
                                          {"jitter_m", fmt::format("{}", parameters.jitter.value())},
                                          {"scene_shift_m", fmt::format("{}", parameters.scene_shift.value())},
                                          {"cloud_share", fmt::format("{}", parameters.cloud_share)},
                                          {"missed_share", fmt::format("{}", parameters.missed_share)}});
    return study;
}

}  // namespace vereda::app
