#include <algorithm>
#include <map>

#include "report/labels.hpp"
#include "report/layer_builder.hpp"
#include "report/table_declarations.hpp"

namespace vereda::report {

using geo::FieldType;
using geo::operator""_msg;

namespace {

struct CropInRegion {
    std::optional<geo::Hectares> area;
    std::optional<geo::Hectares> lo;
    std::optional<geo::Hectares> hi;
    double observed_share = 0;
};

/// By region, of each crop's last year.
std::map<std::string, CropInRegion> last_year_of(const RunResults& results, regions::Crop crop) {
    int last = 0;
    for (const auto& row : results.plot_area) {
        if (row.crop == crop) last = std::max(last, row.year);
    }
    std::map<std::string, CropInRegion> by_region;
    for (const auto& row : results.plot_area) {
        if (row.crop == crop && row.year == last) {
            by_region[row.region_id] = {row.area, row.area_lo, row.area_hi, row.observed_share};
        }
    }
    return by_region;
}

std::string gates_text(const livelihoods::ReadinessRow& row, livelihoods::GateState state) {
    std::string ids;
    for (const auto& gate : row.gates) {
        if (gate.state == state) ids += (ids.empty() ? "" : ";") + gate.gate_id;
    }
    return ids;
}

std::vector<geo::Value> readiness_values(const std::map<std::string, const livelihoods::ReadinessRow*>& rows,
                                         const std::string& region, const Catalogue& words) {
    const auto found = rows.find(region);
    if (found == rows.end()) return std::vector<geo::Value>(8);
    const auto& row = *found->second;
    return {std::string(livelihoods::name_of(row.state)),
            state_word(row.state, words),
            optional_value(row.score),
            optional_value(row.score_lo),
            optional_value(row.score_hi),
            gates_text(row, livelihoods::GateState::fail),
            gates_text(row, livelihoods::GateState::unknown),
            optional_value(row.expires_on)};
}

void declare_fields(LayerBuilder& layer, const std::vector<regions::Crop>& crops) {
    layer.field("region_id", FieldType::text, "column.region_id"_msg);
    layer.field("name", FieldType::text, "column.region_name"_msg);
    layer.field("parent", FieldType::text, "field.parent"_msg);
    layer.field("land_ha", FieldType::real, "field.land_ha"_msg, "ha");
    layer.field("state", FieldType::text, "column.state"_msg);
    layer.field("state_text", FieldType::text, "field.state_text"_msg);
    layer.field("score", FieldType::real, "column.score"_msg, "1");
    layer.field("score_lo", FieldType::real, "column.score_lo"_msg, "1");
    layer.field("score_hi", FieldType::real, "column.score_hi"_msg, "1");
    layer.field("failed_gates", FieldType::text, "column.failed_gates"_msg);
    layer.field("unknown_gates", FieldType::text, "column.unknown_gates"_msg);
    layer.field("expires_on", FieldType::date, "column.expires_on"_msg);
    for (const regions::Crop crop : crops) {
        const std::string name(regions::name_of(crop));
        layer.field(name + "_ha", FieldType::real, "column.crop_area"_msg, "ha");
        layer.field(name + "_lo_ha", FieldType::real, "column.crop_area_lo"_msg, "ha");
        layer.field(name + "_hi_ha", FieldType::real, "column.crop_area_hi"_msg, "ha");
        layer.field(name + "_observed", FieldType::real, "column.observed_share"_msg, "1");
    }
}

}  // namespace

MapLayer regions_layer(const RunResults& results, const Catalogue& words, const Styles& styles) {
    LayerBuilder layer("regions", words.text("layer.regions"_msg), results.regions->crs(), "MultiPolygon", words);
    const std::vector<regions::Crop> crops{regions::Crop::coca, regions::Crop::poppy};
    declare_fields(layer, crops);
    std::map<std::string, const livelihoods::ReadinessRow*> readiness;
    for (const auto& row : results.readiness)
        readiness[row.region_id] = &row;
    std::vector<std::map<std::string, CropInRegion>> areas;
    for (const regions::Crop crop : crops)
        areas.push_back(last_year_of(results, crop));
    for (const auto& region : results.regions->regions()) {
        std::vector<geo::Value> values{region.id, region.name,
                                       region.parent.empty() ? geo::Value() : geo::Value(region.parent),
                                       region.area.value()};
        std::ranges::move(readiness_values(readiness, region.id, words), std::back_inserter(values));
        for (const auto& by_region : areas) {
            const auto found = by_region.find(region.id);
            const CropInRegion crop = found == by_region.end() ? CropInRegion{} : found->second;
            values.insert(values.end(), {optional_value(crop.area), optional_value(crop.lo), optional_value(crop.hi),
                                         found == by_region.end() ? geo::Value() : geo::Value(crop.observed_share)});
        }
        layer.feature(geo::Geometry(region.geometry), std::move(values));
    }
    return layer.finished(styles, "regions");
}

std::vector<MapLayer> public_layers(const PublicEdition& edition, const Catalogue& words, const Styles& styles) {
    LayerBuilder layer("regions", words.text("layer.public_regions"_msg), geo::Crs::wgs84(), "MultiPolygon", words);
    layer.field("region_id", FieldType::text, "column.region_id"_msg);
    layer.field("name", FieldType::text, "column.region_name"_msg);
    layer.field("parent", FieldType::text, "field.parent"_msg);
    layer.field("state", FieldType::text, "column.state"_msg);
    std::map<std::string, geo::Value> states;
    for (const Table& table : edition.tables) {
        if (table.declaration != &readiness_table) continue;
        for (const auto& row : table.rows) {
            states[std::get<std::string>(row[readiness_table.position("region_id")])] =
                row[readiness_table.position("state")];
        }
    }
    bool any = false;
    for (const PublicRegion& region : edition.regions) {
        if (region.outline.empty()) continue;
        any = true;
        const auto state = states.find(region.id);
        layer.feature(geo::Geometry(region.outline),
                      {region.id, region.name, region.parent.empty() ? geo::Value() : geo::Value(region.parent),
                       state == states.end() ? geo::Value() : state->second});
    }
    std::vector<MapLayer> layers;
    if (any) layers.push_back(layer.finished(styles, "public_regions"));
    return layers;
}

}  // namespace vereda::report
