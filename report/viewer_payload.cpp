#include "report/viewer_payload.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "report/json_text.hpp"
#include "report/labels.hpp"
#include "report/map_shapes.hpp"
#include "report/packed_geometry.hpp"
#include "report/packed_text.hpp"
#include "report/tables.hpp"
#include "report/viewer_layers.hpp"
#include "report/viewer_tables.hpp"

namespace vereda::report {

namespace {

/// The messages that the viewer looks up by their ids: its own, and those of codes that stand in tables.
constexpr std::array<std::string_view, 23> words_of_viewer{
    "viewer.",     "code.",      "crop.",        "state.",           "gate.",
    "verdict.",    "zone.",      "eradication.", "group.",           "component.",
    "sex.",        "ethnicity.", "place.",       "welfare.",         "unit.",
    "permanence.", "month.",     "date.long",    "order.violation.", "mechanism.",
    "value.",      "edition.",   "language."};

void write_words(JsonText& json, std::span<const Catalogue> languages) {
    json.key("words").object();
    for (const Catalogue& words : languages) {
        json.key(words.language()).object();
        for (const std::string& key : words.keys()) {
            if (std::ranges::any_of(words_of_viewer, [&](auto prefix) { return key.starts_with(prefix); }))
                json.key(key).text(words.at(key));
        }
        json.end_object();
    }
    json.end_object();
}

/// Titles of the readiness model, which the catalogues do not hold: gates and indicators by id, one text a language.
void write_titles(JsonText& json, const RunResults& results) {
    json.key("titles").object();
    if (results.readiness_model) {
        const auto title = [&](const auto& item) {
            json.key(item.id).object().key("en").text(item.title_en).key("es").text(item.title_es).end_object();
        };
        std::ranges::for_each(results.readiness_model->gates, title);
        std::ranges::for_each(results.readiness_model->indicators, title);
    }
    json.end_object();
}

template <class Numbers>
void write_numbers(JsonText& json, std::string_view key, const Numbers& numbers) {
    json.key(key).array();
    for (const auto number : numbers)
        json.number(number);
    json.end_array();
}

void write_crops(JsonText& json, const std::vector<regions::Crop>& crops) {
    json.key("crops").array();
    for (const regions::Crop crop : crops)
        json.text(regions::name_of(crop));
    json.end_array();
}

void write_head(JsonText& json, std::string_view edition, const std::string& study,
                std::span<const Catalogue> languages) {
    json.key("edition").text(edition).key("study").text(study).key("languages").array();
    for (const Catalogue& words : languages)
        json.text(words.language());
    json.end_array();
    write_words(json, languages);
}

ViewerPayload packed(const JsonText& json, const PackedGeometry& geometry) {
    return {packed_text(json.str()), packed_text(geometry.bytes())};
}

}  // namespace

ViewerPayload viewer_payload(const RunResults& results, std::span<const Catalogue> languages) {
    JsonText json;
    json.object();
    write_head(json, "internal", results.study.name, languages);
    write_titles(json, results);
    write_numbers(json, "years", results.regions ? map_years(results) : results.study.years);
    write_crops(json, results.study.crops);
    const geo::Box extent = results.regions ? results.regions->extent() : geo::Box();
    PackedGeometry geometry(extent.empty() ? geo::Point() : extent.min, viewer_step_metres);
    if (results.regions && !extent.empty()) {
        json.key("map");
        write_viewer_map(json, geometry, results);
    }
    std::vector<std::vector<Table>> tables;
    for (const Catalogue& words : languages)
        tables.push_back(tables_of(results, words));
    json.key("tables");
    write_viewer_tables(json, tables, languages, false);
    json.end_object();
    return packed(json, geometry);
}

ViewerPayload viewer_payload(const PublicEdition& edition, std::span<const Catalogue> languages) {
    JsonText json;
    json.object();
    write_head(json, "public", edition.study_name, languages);
    json.key("titles").object().end_object();
    write_numbers(json, "years", edition.years);
    write_crops(json, edition.crops);
    const geo::Box box = public_extent(edition);
    const double middle = box.empty() ? 0 : (box.min.y + box.max.y) / 2;
    PackedGeometry geometry(box.empty() ? geo::Point() : public_place(box.min, middle), 1);
    if (!box.empty()) {
        json.key("map");
        write_viewer_map(json, geometry, edition);
    }
    const std::vector<std::vector<Table>> tables{edition.tables};
    json.key("tables");
    write_viewer_tables(json, tables, languages, true);
    json.end_object();
    return packed(json, geometry);
}

}  // namespace vereda::report
