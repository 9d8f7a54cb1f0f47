#include "app/formats/landscape_layers.hpp"

#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

#include "app/formats/simulated_layer.hpp"
#include "app/formats/survey_layers.hpp"

namespace vereda::app {

namespace {

using geo::Feature;
using geo::FieldType;
using geo::Value;
using geo::io::LayerToWrite;

Value text_or_unknown(const std::string& text) {
    return text.empty() ? Value{} : Value{text};
}
Value date_or_unknown(const std::optional<geo::Date>& date) {
    return date ? Value{*date} : Value{};
}
Value hectares(double value) {
    return std::round(value * 100) / 100;
}

LayerToWrite veredas(const simulate::Landscape& landscape) {
    LayerToWrite out = empty_layer("veredas",
                                   {{"code", FieldType::text},
                                    {"name", FieldType::text},
                                    {"municipality", FieldType::text},
                                    {"households_total", FieldType::integer},
                                    {"area_official_ha", FieldType::real}},
                                   landscape.crs);
    for (std::size_t i = 0; i < landscape.land.veredas.size(); ++i) {
        const simulate::Vereda& vereda = landscape.land.veredas[i];
        const double legal = vereda.area.value() * (i % 7 == 3 ? 1.06 : 1.0);  // a few titles disagree with the map
        add_feature(
            out, vereda.geometry,
            {vereda.id, vereda.name, vereda.municipality, std::int64_t{vereda.households_total}, std::round(legal)});
    }
    return out;
}

std::vector<LayerToWrite> zones(const simulate::Landscape& landscape) {
    const std::map<regions::ZoneKind, std::string> layer_names{{regions::ZoneKind::park, "parks"},
                                                               {regions::ZoneKind::indigenous, "indigenous"},
                                                               {regions::ZoneKind::registered, "registered"}};
    std::vector<LayerToWrite> out;
    for (const auto& [kind, name] : layer_names) {
        LayerToWrite one = empty_layer(name,
                                       {{"kind", FieldType::text},
                                        {"name", FieldType::text},
                                        {"exception_of", FieldType::text},
                                        {"valid_from", FieldType::date},
                                        {"valid_to", FieldType::date}},
                                       landscape.crs);
        for (const regions::Zone& zone : landscape.land.zones) {
            if (zone.kind != kind) continue;
            add_feature(one, zone.geometry,
                        {std::string(regions::name_of(zone.kind)), zone.name, text_or_unknown(zone.exception_of),
                         date_or_unknown(zone.valid_from), date_or_unknown(zone.valid_to)});
        }
        out.push_back(std::move(one));
    }
    return out;
}

LayerToWrite plots(const simulate::Landscape& landscape) {
    LayerToWrite out = empty_layer("plots",
                                   {{"plot_id", FieldType::text},
                                    {"year", FieldType::integer},
                                    {"crop", FieldType::text},
                                    {"household_id", FieldType::text},
                                    {"image_date", FieldType::date},
                                    {"confidence", FieldType::real},
                                    {"position_error_m", FieldType::real},
                                    {"measured_by", FieldType::text}},
                                   landscape.crs);
    for (const simulate::SurveyYear& survey : landscape.survey.years) {
        for (const simulate::SurveyPlot& plot : survey.plots) {
            add_feature(out, plot.outline,
                        {plot.id, std::int64_t{survey.year}, std::string(regions::name_of(plot.crop)),
                         text_or_unknown(plot.household_id), plot.image_date, plot.confidence, plot.position_error_m,
                         std::string("vhr")});
        }
    }
    return out;
}

LayerToWrite eradication(const simulate::Landscape& landscape) {
    LayerToWrite out = empty_layer("eradication",
                                   {{"event_id", FieldType::text},
                                    {"date", FieldType::date},
                                    {"kind", FieldType::text},
                                    {"area_ha", FieldType::real},
                                    {"area_sd_ha", FieldType::real},
                                    {"agency", FieldType::text},
                                    {"verified", FieldType::text},
                                    {"region_id", FieldType::text}},
                                   landscape.crs);
    for (const simulate::Operation& operation : landscape.cultivation.operations) {
        const regions::EradicationEvent& event = operation.event;
        const char* verified = event.verified == regions::Answer::yes  ? "yes"
                               : event.verified == regions::Answer::no ? "no"
                                                                       : "unknown";
        add_feature(out, event.place,
                    {event.id, event.date, std::string(regions::name_of(event.kind)), hectares(event.reported->value()),
                     hectares(event.reported_sd->value()), event.agency, std::string(verified), event.region_id});
    }
    return out;
}

LayerToWrite registered(const simulate::Landscape& landscape) {
    LayerToWrite out = empty_layer("registered_plots",
                                   {{"plot_id", FieldType::text},
                                    {"year", FieldType::integer},
                                    {"crop", FieldType::text},
                                    {"household_id", FieldType::text},
                                    {"image_date", FieldType::date},
                                    {"position_error_m", FieldType::real},
                                    {"measured_by", FieldType::text}},
                                   landscape.crs);
    for (const simulate::RegisteredPlot& plot : landscape.registered_plots) {
        const char* method = plot.measured_by == regions::MeasuredBy::corners ? "corners" : "gnss_walk";
        add_feature(out, plot.outline,
                    {plot.id, std::int64_t{geo::year_of(plot.measured_on)}, std::string("coca"), plot.household_id,
                     plot.measured_on, plot.position_error_m, std::string(method)});
    }
    return out;
}

LayerToWrite ways(const char* name, const std::vector<simulate::Way>& lines, const geo::Crs& from, const geo::Crs& to) {
    LayerToWrite out = empty_layer(name,
                                   {{"kind", FieldType::text},
                                    {"name", FieldType::text},
                                    {"open_month", FieldType::text},
                                    {"speed_kmh", FieldType::real}},
                                   to, "MultiLineString");
    const geo::CrsTransform transform(from, to);
    for (const simulate::Way& way : lines) {
        geo::LineString line = way.line;
        transform.forward(line);
        for (geo::Point& p : line)
            p = {std::round(p.x * 100) / 100, std::round(p.y * 100) / 100};
        Value speed;
        if (way.speed_kmh > 0) speed = way.speed_kmh;
        add_feature(out, geo::Lines{{std::move(line)}},
                    {way.kind, text_or_unknown(way.name), text_or_unknown(way.open_months), speed});
    }
    return out;
}

LayerToWrite services(const simulate::Landscape& landscape) {
    LayerToWrite out = empty_layer("services",
                                   {{"kind", FieldType::text},
                                    {"name", FieldType::text},
                                    {"capacity", FieldType::integer},
                                    {"open_months", FieldType::text}},
                                   geo::Crs::wgs84(), "Point");
    const geo::CrsTransform transform(landscape.crs, geo::Crs::wgs84());
    for (const simulate::Place& place : landscape.land.services) {
        const geo::Point p = transform.forward(place.point);
        const geo::Point rounded{std::round(p.x * 1e6) / 1e6, std::round(p.y * 1e6) / 1e6};
        Value capacity;
        if (place.capacity > 0) capacity = std::int64_t{place.capacity};
        add_feature(out, geo::Points{{rounded}}, {place.kind, place.name, capacity, place.open_months});
    }
    return out;
}

}  // namespace

std::vector<LayerFile> landscape_layers(const simulate::Landscape& landscape) {
    std::vector<LayerFile> out;
    out.push_back({"regions.gpkg", {veredas(landscape)}});
    out.push_back({"zones.gpkg", zones(landscape)});
    out.push_back({"plots.gpkg", {plots(landscape)}});
    for (const simulate::SurveyYear& survey : landscape.survey.years) {
        out.push_back({"observed_" + std::to_string(survey.year) + ".gpkg",
                       {observed_layer(survey.year, survey.observed, landscape.crs)}});
    }
    out.push_back({"eradication.gpkg", {eradication(landscape)}});
    out.push_back({"registered_plots.gpkg", {registered(landscape)}});
    out.push_back({"rivers.gpkg", {ways("rivers", landscape.land.rivers, landscape.crs, landscape.crs)}});
    out.push_back({"roads.shp", {ways("roads", landscape.land.roads, landscape.crs, geo::Crs::parse("EPSG:32720"))}});
    out.push_back({"services.gpkg", {services(landscape)}});
    return out;
}

}  // namespace vereda::app
