#include "app/formats/tracking_study.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "simulate/outline.hpp"
#include "simulate/tracking_tables.hpp"

namespace vereda::app {

namespace {

using geo::Feature;
using geo::FieldType;
using geo::Value;
using geo::io::LayerToWrite;

LayerToWrite layer(std::string name, std::vector<geo::Field> fields, const geo::Crs& crs) {
    return {std::move(name), "", {std::move(fields)}, crs, "MultiPolygon", {}, {}, ""};
}

void add(LayerToWrite& out, geo::Geometry geometry, std::vector<Value> values) {
    Feature feature;
    feature.number = static_cast<std::int64_t>(out.features.size()) + 1;
    feature.geometry = std::move(geometry);
    feature.values = std::move(values);
    out.features.push_back(std::move(feature));
}

LayerToWrite communities(const simulate::TrackingLandscape& landscape) {
    LayerToWrite out = layer("communities", {{"id", FieldType::text}, {"name", FieldType::text}}, landscape.crs);
    for (const simulate::Community& community : landscape.layout.communities) {
        const geo::Box& box = community.land;
        add(out,
            simulate::as_polygons({{box.min.x, box.min.y},
                                   {box.min.x, box.max.y},
                                   {box.max.x, box.max.y},
                                   {box.max.x, box.min.y},
                                   {box.min.x, box.min.y}}),
            {community.id, community.name});
    }
    return out;
}

LayerToWrite plots(const regions::Survey& survey, const geo::Crs& crs) {
    LayerToWrite out = layer(std::string(regions::name_of(survey.crop)),
                             {{"plot_id", FieldType::text},
                              {"year", FieldType::integer},
                              {"crop", FieldType::text},
                              {"image_date", FieldType::date},
                              {"confidence", FieldType::real},
                              {"position_error_m", FieldType::real},
                              {"measured_by", FieldType::text}},
                             crs);
    for (const regions::Plot& plot : survey.plots) {
        Value error;
        if (plot.position_error && plot.position_error->value() > 0) error = plot.position_error->value();
        add(out, plot.outline,
            {plot.id, std::int64_t{survey.year}, std::string(regions::name_of(survey.crop)), *plot.image_date,
             *plot.confidence, error, std::string("vhr")});
    }
    return out;
}

LayerToWrite observed(const regions::Survey& survey, const geo::Crs& crs) {
    LayerToWrite out = layer("observed", {{"year", FieldType::integer}}, crs);
    add(out, *survey.observed, {std::int64_t{survey.year}});
    return out;
}

LayerToWrite eradication(const simulate::TrackingLandscape& landscape) {
    LayerToWrite out = layer("eradication",
                             {{"event_id", FieldType::text},
                              {"date", FieldType::date},
                              {"kind", FieldType::text},
                              {"area_ha", FieldType::real},
                              {"area_sd_ha", FieldType::real},
                              {"agency", FieldType::text},
                              {"verified", FieldType::text}},
                             landscape.crs);
    const auto rounded = [](const std::optional<geo::Hectares>& area) { return std::round(area->value() * 100) / 100; };
    for (const simulate::PlotOperation& operation : landscape.history.operations) {
        const regions::EradicationEvent& event = operation.event;
        add(out, event.place,
            {event.id, event.date, std::string(regions::name_of(event.kind)), rounded(event.reported),
             rounded(event.reported_sd), event.agency,
             std::string(event.verified == regions::Answer::yes ? "yes" : "unknown")});
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
        of_year[survey.year].push_back(plots(survey, landscape.crs));
    for (auto& [year, both] : of_year)
        out.push_back({fmt::format("plots_{}.gpkg", year), std::move(both)});
    for (const regions::Survey& survey : landscape.seen.surveys) {
        if (survey.crop == regions::Crop::coca)
            out.push_back({fmt::format("observed_{}.gpkg", survey.year), {observed(survey, landscape.crs)}});
    }
    out.push_back({"eradication.gpkg", {eradication(landscape)}});
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
