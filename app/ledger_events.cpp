#include "app/ledger_events.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "app/file_reference.hpp"
#include "geo/date.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/io/content_hash.hpp"
#include "geo/io/feature_reader.hpp"

namespace vereda::app {

using namespace geo;
using Json = nlohmann::ordered_json;

namespace {

Json json_of(Point point) {
    return Json::array({point.x, point.y});
}

template <class Points>
Json points_of(const Points& points) {
    Json json = Json::array();
    for (const Point& point : points)
        json.push_back(json_of(point));
    return json;
}

Json json_of(const Polygon& polygon) {
    Json json = Json::array({points_of(polygon.outer)});
    for (const Ring& ring : polygon.inners)
        json.push_back(points_of(ring));
    return json;
}

template <class Parts, class Text>
Json geometry(const Parts& parts, const char* single, const Text& text) {
    Json all = Json::array();
    for (const auto& part : parts)
        all.push_back(text(part));
    if (all.size() == 1) return {{"type", single}, {"coordinates", all.front()}};
    return {{"type", std::string("Multi") + single}, {"coordinates", all}};
}

/// RFC 7946; empty for a feature without a place.
std::string geojson_of(const Geometry& place) {
    Json json;
    if (const auto* points = std::get_if<Points>(&place)) {
        if (!points->parts.empty()) json = geometry(points->parts, "Point", [](Point p) { return json_of(p); });
    } else if (const auto* lines = std::get_if<Lines>(&place)) {
        if (!lines->parts.empty())
            json = geometry(lines->parts, "LineString", [](const LineString& line) { return points_of(line); });
    } else if (const auto* polygons = std::get_if<MultiPolygon>(&place)) {
        if (!polygons->empty()) json = geometry(*polygons, "Polygon", [](const Polygon& p) { return json_of(p); });
    }
    return json.is_null() ? std::string() : json.dump();
}

using Record = std::map<std::string, std::string>;

void take_options(const Arguments& arguments, Record& record) {
    for (const EventOption& option : event_options()) {
        if (arguments.has(option_of(option.field))) record[option.field] = arguments.text(option_of(option.field));
    }
}

/// Columns of the file that carry the names of our fields.
void take_columns(const Schema& schema, const Feature& feature, Record& record) {
    for (std::size_t i = 0; i < schema.fields.size(); ++i) {
        std::string name = schema.fields[i].name;
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        if (name == "fecha") name = "date";
        if (name == "nota" || name == "notes" || name == "notas") name = "note";
        const bool known = std::ranges::any_of(event_options(), [&](const EventOption& o) { return name == o.field; });
        const std::string text = to_text(feature.values[i]);
        if (known && !text.empty()) record.emplace(name, text);
    }
}

/// Days only: a phone's time of day is nobody's business.
void check_date(Record& record, const Locus& place) {
    const auto written = record.find("date");
    if (written == record.end()) throw Error(ErrorKind::usage, {"ledger.date_missing"_msg, {}});
    const std::string day = written->second.substr(0, std::min(written->second.find('T'), written->second.size()));
    const auto date = parse_date(day, DateOrder::day_month_year);
    if (!date) throw Error(ErrorKind::input, {"ledger.date_unreadable"_msg, {{"text", written->second}}}, place);
    written->second = to_iso(*date);
}

evidence::Fields fields_of(const Record& record, const char* type) {
    evidence::Fields fields{evidence::field("type", type)};
    for (const auto& [name, value] : record)
        fields.emplace_back(evidence::field(name, value));
    return fields;
}

}  // namespace

const std::vector<EventOption>& event_options() {
    static const std::vector<EventOption> options{
        {"date", "command.ledger.date"_msg},
        {"note", "command.ledger.note"_msg},
        {"area_ha", "command.ledger.area_ha"_msg},
        {"area_sd_ha", "command.ledger.area_sd_ha"_msg},
        {"crop", "command.ledger.crop"_msg},
        {"decided_by", "command.ledger.decided_by"_msg},
        {"participants", "command.ledger.participants"_msg},
        {"consent_scope", "command.ledger.consent_scope"_msg},
        {"consent_until", "command.ledger.consent_until"_msg},
        {"owner", "command.ledger.owner"_msg},
        {"about", "command.ledger.about"_msg},
    };
    return options;
}

std::string option_of(const char* field) {
    std::string name(field);
    std::ranges::replace(name, '_', '-');
    return name;
}

std::vector<evidence::Fields> event_records(const Arguments& arguments, Session& session) {
    const std::string type = arguments.text("type");
    if (!arguments.has("event")) {
        Record record;
        take_options(arguments, record);
        check_date(record, {});
        return {fields_of(record, type.c_str())};
    }
    const std::string path = resolved_path(arguments.text("event"), std::filesystem::current_path(), false);
    const auto source = io::open_features(path, {}, session.diagnostics);
    if (!source->crs()) throw Error(ErrorKind::input, {"layer.no_geometry"_msg, {}}, source->locus());
    const CrsTransform to_degrees(*source->crs(), Crs::wgs84());
    std::vector<evidence::Fields> records;
    Feature feature;
    while (source->next(feature)) {
        Record record;
        take_options(arguments, record);
        take_columns(source->schema(), feature, record);
        Locus place = source->locus();
        place.feature = std::to_string(feature.number);
        check_date(record, place);
        const Geometry degrees = to_degrees.forward(feature.geometry);
        if (const std::string text = geojson_of(degrees); !text.empty()) record["place"] = text;
        if (const auto* polygons = std::get_if<MultiPolygon>(&degrees); polygons && !record.contains("area_ha")) {
            const double hectares = to_hectares(ellipsoidal_area(*polygons, Crs::wgs84())).value();
            record["area_ha"] = fmt::format("{:.4f}", hectares);
        }
        record["source_sha256"] = io::sha256_of_file(path);
        records.push_back(fields_of(record, type.c_str()));
    }
    if (records.empty()) throw Error(ErrorKind::input, {"surveys.empty"_msg, {}}, source->locus());
    return records;
}

}  // namespace vereda::app
