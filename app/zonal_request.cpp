#include "app/zonal_request.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <utility>

#include "app/feature_attributes.hpp"
#include "app/outline_repairs.hpp"
#include "geo/error.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/nearest_name.hpp"
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

void warn_of_other(const Feature& feature, const Locus& place, Diagnostics& diagnostics) {
    const bool none = std::holds_alternative<std::monostate>(feature.geometry);
    diagnostics.add(
        {Severity::warning, {none ? "zonal.geometry_none"_msg : "zonal.geometry_not_polygon"_msg, {}}, place});
}

/// The first zone whose id an earlier one has too.
std::optional<std::size_t> first_repeated(const std::vector<raster::Zone>& zones) {
    std::vector<std::pair<std::size_t, std::size_t>> by_hash;
    by_hash.reserve(zones.size());
    for (std::size_t z = 0; z < zones.size(); ++z)
        by_hash.emplace_back(std::hash<std::string>()(zones[z].id), z);
    std::ranges::sort(by_hash);
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < by_hash.size(); ++i) {
        for (std::size_t k = i + 1; k < by_hash.size() && by_hash[k].first == by_hash[i].first; ++k) {
            const std::size_t later = by_hash[k].second;
            if (zones[later].id == zones[by_hash[i].second].id && (!first || later < *first)) first = later;
        }
    }
    return first;
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

    const auto place_of = [&](const std::string& name) {
        Locus place = source->locus();
        place.feature = name;
        return place;
    };
    if (const auto size = source->size(); size && options.where.empty()) {
        polygons.zones.reserve(static_cast<std::size_t>(*size));
        polygons.values.reserve(static_cast<std::size_t>(*size) * polygons.columns.size());
    }
    if (options.progress != nullptr)
        options.progress->start_stage({"zonal.stage_reading"_msg, {}}, source->size().value_or(0));
    OutlineRepairs repairs(options.parallelism, options.progress);
    Feature feature;
    for (std::int64_t number = 1; source->next(feature); ++number) {
        if (options.progress != nullptr) options.progress->advance();
        const std::size_t first = polygons.values.size();
        if (options.id_field.empty()) polygons.values.emplace_back(number);
        for (const std::size_t position : positions)
            polygons.values.push_back(feature.values[position]);
        std::string id = to_text(polygons.values[first]);
        if (id.empty())
            throw Error(ErrorKind::input, {"zonal.id_missing"_msg, {}}, place_of(std::to_string(feature.number)));
        auto* outline = std::get_if<MultiPolygon>(&feature.geometry);
        if (outline == nullptr) warn_of_other(feature, place_of(id), diagnostics);
        polygons.zones.push_back({std::move(id), {}});
        if (outline == nullptr) feature.geometry = MultiPolygon{};
        if (options.with_outlines) polygons.outlines.push_back(std::get<MultiPolygon>(feature.geometry));
        repairs.add(std::move(std::get<MultiPolygon>(feature.geometry)));
    }
    if (polygons.zones.empty()) throw Error(ErrorKind::input, {"zonal.no_polygons"_msg, {}}, source->locus());
    if (const auto repeated = first_repeated(polygons.zones)) {
        const std::string& id = polygons.zones[*repeated].id;
        throw Error(ErrorKind::input, {"zonal.id_duplicate"_msg, {{"id", id}}}, place_of(id));
    }
    repairs.finish([&](std::size_t z, MultiPolygon&& valid, const std::string* problem) {
        polygons.zones[z].geometry = std::move(valid);
        if (problem == nullptr) return;
        diagnostics.add({Severity::warning,
                         {"layer.geometry_repaired"_msg, {{"reason", *problem}}},
                         place_of(polygons.zones[z].id)});
    });
    return polygons;
}

}  // namespace vereda::app
