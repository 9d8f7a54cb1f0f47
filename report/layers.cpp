#include "report/layers.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "report/labels.hpp"
#include "report/layer_builder.hpp"
#include "report/track_layers.hpp"

namespace vereda::report {

using geo::FieldType;
using geo::operator""_msg;

namespace {

MapLayer plots_layer(const regions::Survey& survey, const geo::Crs& crs, const Catalogue& words, const Styles& styles) {
    const std::string crop(regions::name_of(survey.crop));
    LayerBuilder layer(
        "plots_" + std::to_string(survey.year) + "_" + crop,
        words.text("layer.plots"_msg, {{"crop", crop_word(survey.crop, words)}, {"year", std::to_string(survey.year)}}),
        crs, "MultiPolygon", words);
    layer.field("plot_id", FieldType::text, "column.plot_id"_msg);
    layer.field("year", FieldType::integer, "column.year"_msg);
    layer.field("crop", FieldType::text, "column.crop"_msg);
    layer.field("area_ha", FieldType::real, "field.plot_area_ha"_msg, "ha");
    layer.field("image_date", FieldType::date, "field.image_date"_msg);
    layer.field("confidence", FieldType::real, "field.confidence"_msg, "1");
    for (const auto& plot : survey.plots) {
        layer.feature(geo::Geometry(plot.outline),
                      {plot.id, std::int64_t{survey.year}, crop, geo::to_hectares(plot.area).value(),
                       optional_value(plot.image_date), optional_value(plot.confidence)});
    }
    return layer.finished(styles, "plots");
}

/// One crop's cells that may hold or have held it.
MapLayer permanence_layer(const regions::Permanence& permanence, const regions::PermanenceSeries& series,
                          const geo::Crs& crs, const Catalogue& words, const Styles& styles) {
    const std::string crop(regions::name_of(series.crop));
    LayerBuilder layer("permanence_" + crop,
                       words.text("layer.permanence"_msg, {{"crop", crop_word(series.crop, words)}}), crs,
                       "MultiPolygon", words);
    layer.field("cell_id", FieldType::text, "column.cell_id"_msg);
    layer.field("class", FieldType::text, "column.permanence_class"_msg);
    layer.field("possible_classes", FieldType::text, "column.possible_classes"_msg);
    layer.field("likely_class", FieldType::text, "column.likely_class"_msg);
    layer.field("likely_share", FieldType::real, "column.likely_share"_msg, "1");
    layer.field("credible_classes", FieldType::text, "column.credible_classes"_msg);
    layer.field("density_ha_km2", FieldType::real, "column.density"_msg, "ha/km2");
    for (const auto& cell : series.cells) {
        const auto single = cell.possible.single();
        if (single == regions::PermanenceClass::never) continue;
        layer.feature(geo::Geometry(regions::permanence_cell_outline(permanence.cell, cell.column, cell.row)),
                      {regions::permanence_cell_id(permanence.cell, cell.column, cell.row),
                       single ? geo::Value(std::string(regions::name_of(*single))) : geo::Value(), cell.possible.text(),
                       std::string(regions::name_of(cell.likely)), cell.likely_chance, cell.credible.text(),
                       optional_value(cell.density)});
    }
    return layer.finished(styles, "permanence");
}

MapLayer zones_layer(const RunResults& results, const geo::Crs& crs, const Catalogue& words, const Styles& styles) {
    LayerBuilder layer("zones", words.text("layer.zones"_msg), crs, "MultiPolygon", words);
    layer.field("kind", FieldType::text, "field.zone_kind"_msg);
    layer.field("name", FieldType::text, "field.zone_name"_msg);
    for (const auto& zone : results.zones) {
        layer.feature(geo::Geometry(zone.geometry), {std::string(regions::name_of(zone.kind)), zone.name});
    }
    return layer.finished(styles, "zones");
}

MapLayer eradication_layer(const RunResults& results, const geo::Crs& crs, const Catalogue& words,
                           const Styles& styles) {
    LayerBuilder layer("eradication", words.text("layer.eradication"_msg), crs, "Point", words);
    layer.field("event_id", FieldType::text, "field.event_id"_msg);
    layer.field("date", FieldType::date, "field.event_date"_msg);
    layer.field("kind", FieldType::text, "column.event_kind"_msg);
    layer.field("reported_ha", FieldType::real, "field.reported_ha"_msg, "ha");
    layer.field("agency", FieldType::text, "field.agency"_msg);
    for (const auto& event : results.eradication) {
        if (geo::envelope(event.place).empty()) continue;
        layer.feature(geo::Geometry(geo::Points{{symbol_place(event.place)}}),
                      {event.id, event.date, std::string(regions::name_of(event.kind)), optional_value(event.reported),
                       event.agency.empty() ? geo::Value() : geo::Value(event.agency)});
    }
    return layer.finished(styles, "eradication");
}

MapLayer registered_layer(const RunResults& results, const geo::Crs& crs, const Catalogue& words,
                          const Styles& styles) {
    LayerBuilder layer("registered_plots", words.text("layer.registered_plots"_msg), crs, "MultiPolygon", words);
    layer.field("plot_id", FieldType::text, "column.plot_id"_msg);
    layer.field("household_id", FieldType::text, "column.household_id"_msg);
    layer.field("pack", FieldType::text, "column.pack"_msg);
    layer.field("verdict", FieldType::text, "column.verdict"_msg);
    layer.field("area_m2", FieldType::real, "column.plot_area_m2"_msg, "m2");
    layer.field("sd_m2", FieldType::real, "column.sd_m2"_msg, "m2");
    layer.field("limit_m2", FieldType::real, "column.limit_m2"_msg, "m2");
    layer.field("p_exceeds", FieldType::real, "column.p_exceeds"_msg, "1");
    std::map<std::string, const regions::Plot*> plots;
    for (const auto& plot : results.registered_plots)
        plots[plot.id] = &plot;
    for (const auto& row : results.small_plots) {
        const auto by_id = plots.find(row.plot_id);
        if (by_id == plots.end()) continue;
        const regions::Plot& plot = row.position ? results.registered_plots.at(*row.position) : *by_id->second;
        layer.feature(geo::Geometry(plot.outline),
                      {row.plot_id, row.household_id.empty() ? geo::Value() : geo::Value(row.household_id), row.pack,
                       std::string(livelihoods::name_of(row.verdict)), row.area.value(), optional_value(row.sd),
                       optional_value(row.limit), optional_value(row.p_exceeds)});
    }
    return layer.finished(styles, "registered_plots");
}

MapLayer not_reached_layer(const RunResults& results, const geo::Crs& crs, const Catalogue& words,
                           const Styles& styles) {
    LayerBuilder layer("not_reached", words.text("layer.not_reached"_msg), crs, "MultiPolygon", words);
    layer.field("plot_id", FieldType::text, "column.plot_id"_msg);
    layer.field("year", FieldType::integer, "column.year"_msg);
    layer.field("crop", FieldType::text, "column.crop"_msg);
    layer.field("region_id", FieldType::text, "column.region_id"_msg);
    layer.field("area_ha", FieldType::real, "field.plot_area_ha"_msg, "ha");
    layer.field("why", FieldType::text, "field.not_reached_why"_msg);
    layer.field("nearest_m", FieldType::real, "field.not_reached_nearest"_msg, "m");
    for (const auto& plot : results.not_reached) {
        layer.feature(
            geo::Geometry(plot.outline),
            {plot.plot_id, std::int64_t{plot.year}, std::string(regions::name_of(plot.crop)),
             plot.region_id.empty() ? geo::Value() : geo::Value(plot.region_id), geo::to_hectares(plot.area).value(),
             std::string(livelihoods::name_of(plot.why)), optional_value(plot.nearest)});
    }
    return layer.finished(styles, "plots");
}

}  // namespace

std::span<const std::string_view> style_names() {
    static constexpr std::array<std::string_view, 9> names{"regions",        "plots",       "permanence",
                                                           "zones",          "eradication", "registered_plots",
                                                           "public_regions", "tracks",      "travel_time"};
    return names;
}

std::vector<MapLayer> layers_of(const RunResults& results, const Catalogue& words, const Styles& styles) {
    std::vector<MapLayer> layers;
    if (!results.regions) return layers;
    const geo::Crs& crs = results.regions->crs();
    layers.push_back(regions_layer(results, words, styles));
    for (const auto& survey : results.surveys)
        layers.push_back(plots_layer(survey, crs, words, styles));
    layers.push_back(not_reached_layer(results, crs, words, styles));
    std::ranges::move(track_layers(results, words, styles), std::back_inserter(layers));
    if (results.permanence) {
        for (const auto& series : results.permanence->crops)
            layers.push_back(permanence_layer(*results.permanence, series, crs, words, styles));
    }
    layers.push_back(zones_layer(results, crs, words, styles));
    layers.push_back(eradication_layer(results, crs, words, styles));
    layers.push_back(registered_layer(results, crs, words, styles));
    std::erase_if(layers, [](const MapLayer& layer) { return layer.features.empty(); });
    for (MapLayer& layer : layers) {
        const auto of = [&](std::string_view prefix) { return layer.name.starts_with(prefix); };
        layer.group = of("regions")      ? "readiness"
                      : of("plots_")     ? "plots"
                      : of("track")      ? "tracks"
                      : of("permanence") ? "permanence"
                                         : "rules";
        layer.shown = of("regions") || of("plots_") || of("zones") || of("eradication");
    }
    return layers;
}

}  // namespace vereda::report
