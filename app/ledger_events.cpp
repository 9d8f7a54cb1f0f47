#include "app/ledger_events.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/file_reference.hpp"
#include "app/phone_files.hpp"
#include "evidence/consent.hpp"
#include "geo/crs.hpp"
#include "geo/date.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/io/content_hash.hpp"
#include "geo/topology.hpp"
#include "regions/outline_error.hpp"

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

/// Words of questions and columns that mean one of our fields.
struct Alias {
    std::string_view word;
    std::string_view field;
};
constexpr std::array<Alias, 34> aliases = {{{"fecha", "date"},
                                            {"dia", "date"},
                                            {"fecha_inicio", "date"},
                                            {"fecha_fin", "date_until"},
                                            {"nota", "note"},
                                            {"notas", "note"},
                                            {"notes", "note"},
                                            {"observacion", "note"},
                                            {"observaciones", "note"},
                                            {"descripcion", "note"},
                                            {"description", "note"},
                                            {"desc", "note"},
                                            {"hectareas", "area_ha"},
                                            {"hectares", "area_ha"},
                                            {"ha", "area_ha"},
                                            {"error_ha", "area_sd_ha"},
                                            {"minimo_ha", "area_lo_ha"},
                                            {"maximo_ha", "area_hi_ha"},
                                            {"area_min_ha", "area_lo_ha"},
                                            {"area_max_ha", "area_hi_ha"},
                                            {"area_m2", "area_m2"},
                                            {"m2", "area_m2"},
                                            {"cultivo", "crop"},
                                            {"decidio", "decided_by"},
                                            {"decidido_por", "decided_by"},
                                            {"decision", "decided_by"},
                                            {"participantes", "participants"},
                                            {"personas", "participants"},
                                            {"zona", "area"},
                                            {"vereda", "area"},
                                            {"familias", "area_families"},
                                            {"families", "area_families"},
                                            {"votos_favor", "votes_for"},
                                            {"votos_contra", "votes_against"}}};
/// When an app tells the moment of recording and nobody was asked for the day; the first one there counts.
constexpr std::array<std::string_view, 10> moments = {"today",           "hoy",           "start",     "time",
                                                      "timestamp",       "created",       "createdat", "created_at",
                                                      "submission_time", "submissiondate"};
constexpr std::array<std::string_view, 10> numeric_fields = {
    "area_ha",       "area_sd_ha",          "area_lo_ha", "area_hi_ha",    "area_m2",
    "area_families", "wider_area_families", "votes_for",  "votes_against", "participants"};
constexpr double two_sided_95 = 1.959963984540054;
constexpr double square_metres_in_hectare = 10000;
constexpr Metres phone_accuracy{5};     // of a position where the device tells none (d)
constexpr Metres walk_correlation{60};  // of its errors along a walk (methods §11)

void take_options(const Arguments& arguments, Record& record) {
    for (const EventOption& option : event_options()) {
        if (arguments.has(option_of(option.field))) record[option.field] = arguments.text(option_of(option.field));
    }
}

/// Answers whose names are those of our fields, or mean them. What stands in the record already stays.
void take_answers(const PhoneFeature& feature, Record& record) {
    const auto known = [](std::string_view name) {
        return std::ranges::any_of(event_options(), [&](const EventOption& option) { return name == option.field; });
    };
    for (const auto& [name, value] : feature.answers) {
        const auto alias = std::ranges::find(aliases, name, &Alias::word);
        if (known(name)) {
            record.emplace(name, value);
        } else if (alias != aliases.end()) {
            record.emplace(alias->field, value);
        }
    }
    for (const std::string_view moment : moments) {
        if (const auto told = feature.answers.find(std::string(moment)); told != feature.answers.end())
            record.emplace("date", told->second);
    }
}

std::string day_in(const std::string& written) {
    const std::size_t end = std::min(written.find_first_of("T "), written.size());
    return written.substr(0, end);
}

void check_day(Record& record, const char* field, const Locus& place) {
    const auto written = record.find(field);
    if (written == record.end()) return;
    const auto date = parse_date(day_in(written->second), DateOrder::day_month_year);
    if (!date) {
        Locus locus = place;
        if (!locus.file.empty()) locus.field = field;
        throw Error(ErrorKind::input, {"ledger.date_unreadable"_msg, {{"text", written->second}}}, locus);
    }
    written->second = to_iso(*date);
}

double number_of(const Record& record, const std::string& field) {
    return std::strtod(record.at(field).c_str(), nullptr);
}

/// Numbers with a point, whatever mark they were written with.
void check_numbers(Record& record, const Locus& place) {
    for (const std::string_view field : numeric_fields) {
        const auto written = record.find(std::string(field));
        if (written == record.end()) continue;
        std::string text = written->second;
        if (text.find('.') == std::string::npos) std::ranges::replace(text, ',', '.');
        double value = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value) || value < 0) {
            Locus locus = place;
            if (!locus.file.empty()) locus.field = std::string(field);
            throw Error(ErrorKind::input,
                        {"ledger.number_unreadable"_msg, {{"field", std::string(field)}, {"text", written->second}}},
                        locus);
        }
        written->second = text;
    }
}

/// Square metres and "between so much and so much" become hectares and their standard deviation.
void derive_area(Record& record) {
    if (record.contains("area_m2") && !record.contains("area_ha"))
        record["area_ha"] = fmt::format("{:.4f}", number_of(record, "area_m2") / square_metres_in_hectare);
    record.erase("area_m2");
    if (record.contains("area_lo_ha") && record.contains("area_hi_ha")) {
        const double lo = number_of(record, "area_lo_ha");
        const double hi = number_of(record, "area_hi_ha");
        if (!record.contains("area_ha")) record["area_ha"] = fmt::format("{:.4f}", (lo + hi) / 2);
        if (!record.contains("area_sd_ha"))
            record["area_sd_ha"] = fmt::format("{:.4f}", std::abs(hi - lo) / (2 * two_sided_95));
    }
    record.erase("area_lo_ha");
    record.erase("area_hi_ha");
}

void check_words(Record& record, const Locus& place) {
    if (const auto crop = record.find("crop"); crop != record.end()) {
        const std::string word = plain_name(crop->second);
        if (word == "amapola" || word == "adormidera") crop->second = "poppy";
        if (word == "coca") crop->second = "coca";
    }
    if (const auto scope = record.find("consent_scope"); scope != record.end()) {
        const auto uses = evidence::uses_named(scope->second);
        if (!uses || uses->empty())
            throw Error(ErrorKind::usage, {"ledger.scope_unknown"_msg, {{"text", scope->second}}}, place);
        scope->second = evidence::codes_of(*uses);
    }
    if (const auto by = record.find("consent_by"); by != record.end()) {
        const std::string giver = consent_giver(by->second);
        if (giver.empty()) throw Error(ErrorKind::usage, {"ledger.giver_unknown"_msg, {{"text", by->second}}}, place);
        by->second = giver;
    }
}

void check(Record& record, const std::string& type, const Locus& place) {
    if (!record.contains("date")) throw Error(ErrorKind::usage, {"ledger.date_missing"_msg, {}}, place);
    for (const char* field : {"date", "date_until", "consent_date", "consent_until", "consent_not_before"})
        check_day(record, field, place);
    check_numbers(record, place);
    derive_area(record);
    check_words(record, place);
    const bool bounded = record.contains("consent_until") || record.contains("consent_not_before");
    if (type == "event" && bounded && !record.contains("consent_scope"))
        throw Error(ErrorKind::usage, {"ledger.scope_missing"_msg, {}}, place);
}

/// The area of an outline on the ellipsoid, and its standard deviation by the errors of its vertices.
void measure(const PhoneFeature& feature, Record& record) {
    const auto* polygons = std::get_if<MultiPolygon>(&feature.place);
    if (polygons == nullptr || record.contains("area_ha") || record.contains("area_m2") ||
        record.contains("area_lo_ha"))
        return;
    const MultiPolygon valid = repair(*polygons).polygons;
    record["area_ha"] = fmt::format("{:.4f}", to_hectares(ellipsoidal_area(valid, Crs::wgs84())).value());
    if (record.contains("area_sd_ha")) return;
    const CrsTransform to_metres(Crs::wgs84(), equal_area_crs(Crs::wgs84(), envelope(valid)));
    const regions::OutlineError error{feature.accuracy.value_or(phone_accuracy),
                                      feature.walked ? walk_correlation : Metres{0}};
    const SquareMetres sd = regions::area_sd(std::get<MultiPolygon>(to_metres.forward(Geometry(valid))), error);
    record["area_sd_ha"] = fmt::format("{:.4f}", to_hectares(sd).value());
}

evidence::Fields fields_of(const Record& record, const std::string& type) {
    evidence::Fields fields{evidence::field("type", type)};
    for (const auto& [name, value] : record)
        fields.emplace_back(evidence::field(name, value));
    return fields;
}

}  // namespace

const std::vector<EventOption>& event_options() {
    static const std::vector<EventOption> options{
        {"date", "command.ledger.date"_msg},
        {"date_until", "command.ledger.date_until"_msg},
        {"note", "command.ledger.note"_msg},
        {"area_ha", "command.ledger.area_ha"_msg},
        {"area_sd_ha", "command.ledger.area_sd_ha"_msg},
        {"area_lo_ha", "command.ledger.area_lo_ha"_msg},
        {"area_hi_ha", "command.ledger.area_hi_ha"_msg},
        {"crop", "command.ledger.crop"_msg},
        {"area", "command.ledger.area"_msg},
        {"area_families", "command.ledger.area_families"_msg},
        {"wider_area", "command.ledger.wider_area"_msg},
        {"wider_area_families", "command.ledger.wider_area_families"_msg},
        {"decided_by", "command.ledger.decided_by"_msg},
        {"votes_for", "command.ledger.votes_for"_msg},
        {"votes_against", "command.ledger.votes_against"_msg},
        {"participants", "command.ledger.participants"_msg},
        {"consent_scope", "command.ledger.consent_scope"_msg},
        {"consent_date", "command.ledger.consent_date"_msg},
        {"consent_until", "command.ledger.consent_until"_msg},
        {"consent_not_before", "command.ledger.consent_not_before"_msg},
        {"consent_by", "command.ledger.consent_by"_msg},
        {"owner", "command.ledger.owner"_msg},
    };
    return options;
}

std::string option_of(const char* field) {
    std::string name(field);
    std::ranges::replace(name, '_', '-');
    return name;
}

std::string consent_giver(std::string_view word) {
    const std::string plain = plain_name(word);
    if (plain == "assembly" || plain == "asamblea") return "assembly";
    if (plain == "council" || plain == "consejo") return "council";
    if (plain == "family" || plain == "familia") return "family";
    if (plain == "person" || plain == "persona") return "person";
    return {};
}

evidence::Fields event_fields(const std::string& type, std::map<std::string, std::string> answers) {
    check(answers, type, {});
    return fields_of(answers, type);
}

std::vector<evidence::Fields> event_records(const std::vector<PhoneFeature>& features, const std::string& source_sha256,
                                            const std::string& type, const std::map<std::string, std::string>& given) {
    std::vector<evidence::Fields> records;
    for (const PhoneFeature& feature : features) {
        Record record = given;
        take_answers(feature, record);
        measure(feature, record);
        check(record, type, feature.locus);
        if (const std::string text = geojson_of(feature.place); !text.empty()) record["place"] = text;
        record["source_sha256"] = source_sha256;
        records.push_back(fields_of(record, type));
    }
    return records;
}

std::vector<evidence::Fields> event_records(const Arguments& arguments, Session& session) {
    const std::string type = arguments.text("type");
    Record given;
    take_options(arguments, given);
    if (!arguments.has("event")) return {event_fields(type, std::move(given))};
    const std::string path = resolved_path(arguments.text("event"), std::filesystem::current_path(), false);
    const auto records =
        event_records(read_phone_file(path, session.diagnostics), io::sha256_of_file(path), type, given);
    if (records.empty()) throw Error(ErrorKind::input, {"surveys.empty"_msg, {}}, Locus{path, {}, {}, 0, {}});
    return records;
}

}  // namespace vereda::app
