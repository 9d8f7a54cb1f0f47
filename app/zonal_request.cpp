#include "app/zonal_request.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "app/feature_attributes.hpp"
#include "geo/error.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/nearest_name.hpp"
#include "geo/topology.hpp"
#include "raster/io/gdal_raster_source.hpp"

namespace vereda::app {

using namespace geo;

namespace {

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_name_character) &&
           !(text.front() >= '0' && text.front() <= '9');
}

std::string name_of_file(const std::string& path) {
    std::string name = std::filesystem::path(path).stem().string();
    std::ranges::replace_if(
        name, [](char c) { return !is_name_character(c); }, '_');
    return is_name(name) ? name : "r_" + name;
}

std::size_t field_position(const FeatureSource& source, const std::string& field) {
    if (const auto position = source.schema().find(field)) return *position;
    std::vector<std::string> fields;
    for (const Field& candidate : source.schema().fields)
        fields.push_back(candidate.name);
    if (const auto nearest = nearest_name(field, fields)) {
        throw Error(ErrorKind::usage, {"zonal.field_unknown_nearest"_msg, {{"field", field}, {"nearest", *nearest}}},
                    source.locus());
    }
    throw Error(ErrorKind::usage, {"zonal.field_unknown"_msg, {{"field", field}}}, source.locus());
}

MultiPolygon outline_of(const Feature& feature, const Locus& place, Diagnostics& diagnostics) {
    const auto* polygons = std::get_if<MultiPolygon>(&feature.geometry);
    if (polygons == nullptr) {
        const bool none = std::holds_alternative<std::monostate>(feature.geometry);
        diagnostics.add(
            {Severity::warning, {none ? "zonal.geometry_none"_msg : "zonal.geometry_not_polygon"_msg, {}}, place});
        return {};
    }
    Repair repaired = repair(*polygons);
    if (repaired.problem) {
        diagnostics.add(
            {Severity::warning, {"layer.geometry_repaired"_msg, {{"reason", repaired.problem->reason}}}, place});
    }
    return std::move(repaired.polygons);
}

}  // namespace

NamedRaster parse_named_raster(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals != std::string_view::npos && is_name(text.substr(0, equals))) {
        return {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
    }
    const raster::io::BandReference reference = raster::io::parse_band_reference(text);
    return {name_of_file(reference.path), std::string(text)};
}

ZonalPolygons read_zonal_polygons(const std::string& path, const ZonalPolygonOptions& options,
                                  Diagnostics& diagnostics) {
    io::SourceOptions source_options;
    source_options.layer = options.layer;
    source_options.where = options.where;
    source_options.allow_references = options.allow_references;
    const auto source = io::open_features(path, source_options, diagnostics);
    if (!source->crs()) throw Error(ErrorKind::input, {"layer.no_geometry"_msg, {}}, source->locus());
    ZonalPolygons polygons;
    polygons.crs = *source->crs();
    polygons.locus = source->locus();
    std::vector<std::size_t> positions;
    if (options.id_field.empty()) {
        polygons.columns.push_back({"id", FieldType::integer});
    } else {
        positions.push_back(field_position(*source, options.id_field));
    }
    for (const std::string& field : options.included_fields)
        positions.push_back(field_position(*source, field));
    for (const std::size_t position : positions)
        polygons.columns.push_back(source->schema().fields[position]);

    std::set<std::string> ids;
    Feature feature;
    for (std::int64_t number = 1; source->next(feature); ++number) {
        std::vector<Value> values;
        if (options.id_field.empty()) values.emplace_back(number);
        for (const std::size_t position : positions)
            values.push_back(feature.values[position]);
        const std::string id = to_text(values.front());
        Locus place = source->locus();
        place.feature = id.empty() ? std::to_string(feature.number) : id;
        if (id.empty()) throw Error(ErrorKind::input, {"zonal.id_missing"_msg, {}}, place);
        if (!ids.insert(id).second) throw Error(ErrorKind::input, {"zonal.id_duplicate"_msg, {{"id", id}}}, place);
        polygons.zones.push_back({id, outline_of(feature, place, diagnostics)});
        if (options.with_outlines) {
            auto* written = std::get_if<MultiPolygon>(&feature.geometry);
            polygons.outlines.push_back(written == nullptr ? MultiPolygon{} : std::move(*written));
        }
        polygons.values.push_back(std::move(values));
    }
    if (polygons.zones.empty()) throw Error(ErrorKind::input, {"zonal.no_polygons"_msg, {}}, source->locus());
    return polygons;
}

}  // namespace vereda::app
