#include "app/formats/survey_layers.hpp"

#include <cmath>

#include "app/formats/simulated_layer.hpp"

namespace vereda::app {

using geo::FieldType;
using geo::Value;
using geo::io::LayerToWrite;

LayerToWrite survey_layer(const regions::Survey& survey, const geo::Crs& crs) {
    LayerToWrite out = empty_layer(std::string(regions::name_of(survey.crop)),
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
        add_feature(out, plot.outline,
                    {plot.id, std::int64_t{survey.year}, std::string(regions::name_of(survey.crop)), *plot.image_date,
                     *plot.confidence, error, std::string("vhr")});
    }
    return out;
}

LayerToWrite observed_layer(int year, const geo::MultiPolygon& observed, const geo::Crs& crs) {
    LayerToWrite out = empty_layer("observed", {{"year", FieldType::integer}}, crs);
    add_feature(out, observed, {std::int64_t{year}});
    return out;
}

LayerToWrite eradication_layer(std::span<const regions::EradicationEvent> events, const geo::Crs& crs) {
    LayerToWrite out = empty_layer("eradication",
                                   {{"event_id", FieldType::text},
                                    {"date", FieldType::date},
                                    {"kind", FieldType::text},
                                    {"area_ha", FieldType::real},
                                    {"area_sd_ha", FieldType::real},
                                    {"agency", FieldType::text},
                                    {"verified", FieldType::text}},
                                   crs);
    const auto rounded = [](const std::optional<geo::Hectares>& area) { return std::round(area->value() * 100) / 100; };
    for (const regions::EradicationEvent& event : events) {
        add_feature(out, event.place,
                    {event.id, event.date, std::string(regions::name_of(event.kind)), rounded(event.reported),
                     rounded(event.reported_sd), event.agency,
                     std::string(event.verified == regions::Answer::yes ? "yes" : "unknown")});
    }
    return out;
}

}  // namespace vereda::app
