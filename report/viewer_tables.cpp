#include "report/viewer_tables.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "report/viewer_payload.hpp"

namespace vereda::report {

namespace {

void write_numbers(JsonText& json, const Table& table, std::size_t column) {
    const Column& declared = table.declaration->columns[column];
    json.key("numbers").array();
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const geo::Value& value = table.rows[i][column];
        const auto* real = std::get_if<double>(&value);
        if (std::holds_alternative<std::monostate>(value) || (real != nullptr && !std::isfinite(*real))) {
            json.null();
        } else {
            json.digits(cell_text(value, declared));
        }
    }
    json.end_array();
}

/// The distinct texts in the order of their first rows, and the position of each row's; -1 where it has none.
void write_texts(JsonText& json, const Table& table, std::size_t column) {
    const Column& declared = table.declaration->columns[column];
    std::unordered_map<std::string, std::int64_t> positions;
    std::vector<std::string> distinct;
    std::vector<std::int64_t> rows;
    rows.reserve(table.rows.size());
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const geo::Value& value = table.rows[i][column];
        if (std::holds_alternative<std::monostate>(value)) {
            rows.push_back(-1);
            continue;
        }
        std::string text = cell_text(value, declared);
        const auto [found, added] = positions.try_emplace(text, static_cast<std::int64_t>(distinct.size()));
        if (added) distinct.push_back(std::move(text));
        rows.push_back(found->second);
    }
    json.key("texts").array();
    for (const std::string& text : distinct)
        json.text(text);
    json.end_array().key("rows").array();
    for (const std::int64_t row : rows)
        json.number(row);
    json.end_array();
}

bool holds_numbers(const Table& table, std::size_t column) {
    const geo::FieldType type = table.declaration->columns[column].type;
    if (type != geo::FieldType::integer && type != geo::FieldType::real) return false;
    return std::ranges::none_of(table.rows,
                                [&](const auto& row) { return std::holds_alternative<std::string>(row[column]); });
}

bool differ(const Table& a, const Table& b, std::size_t column) {
    return !std::ranges::equal(
        a.rows, b.rows, {}, [&](const auto& row) { return row[column]; }, [&](const auto& row) { return row[column]; });
}

std::string_view type_name(geo::FieldType type) {
    switch (type) {
        case geo::FieldType::integer:
            return "integer";
        case geo::FieldType::real:
            return "real";
        case geo::FieldType::date:
            return "date";
        case geo::FieldType::text:
            break;
    }
    return "text";
}

void write_in_each(JsonText& json, std::string_view key, std::span<const Catalogue> languages, geo::MessageId id) {
    json.key(key).array();
    for (const Catalogue& words : languages)
        json.text(words.text(id));
    json.end_array();
}

void write_values(JsonText& json, const Table& table, std::size_t column) {
    json.object();
    if (holds_numbers(table, column)) {
        write_numbers(json, table, column);
    } else {
        write_texts(json, table, column);
    }
    json.end_object();
}

}  // namespace

void write_viewer_tables(JsonText& json, std::span<const std::vector<Table>> by_language,
                         std::span<const Catalogue> languages, bool open_only) {
    json.array();
    for (std::size_t t = 0; t < by_language.front().size(); ++t) {
        std::vector<Table> cut;  // of each language, where all rows are too many
        for (const auto& tables : by_language)
            if (tables[t].row_count() > tables[t].rows.size() || tables[t].row_count() > viewer_rows_at_most)
                cut.push_back(tables[t].head(viewer_rows_at_most));
        const auto shown = [&](std::size_t language) -> const Table& {
            return cut.empty() ? by_language[language][t] : cut[language];
        };
        const Table& table = shown(0);
        json.object().key("name").text(table.declaration->name);
        write_in_each(json, "title", languages, table.declaration->title);
        write_in_each(json, "about", languages, table.declaration->about);
        json.key("all_rows").number(static_cast<std::int64_t>(by_language.front()[t].row_count()));
        json.key("rows").number(static_cast<std::int64_t>(table.rows.size()));
        json.key("columns").array();
        for (std::size_t c = 0; c < table.declaration->columns.size(); ++c) {
            const Column& column = table.declaration->columns[c];
            if (open_only && column.privacy != Privacy::open) continue;
            json.object().key("name").text(column.name).key("type").text(type_name(column.type));
            json.key("unit").text(column.unit).key("decimals").number(column.decimals);
            write_in_each(json, "about", languages, column.about);
            json.key("values").array();
            write_values(json, table, c);
            for (std::size_t other = 1; other < by_language.size(); ++other) {
                if (differ(table, shown(other), c)) write_values(json, shown(other), c);
            }
            json.end_array().end_object();
        }
        json.end_array().end_object();
    }
    json.end_array();
}

}  // namespace vereda::report
