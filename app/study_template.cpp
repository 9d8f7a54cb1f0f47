#include "app/study_template.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <array>

#include "app/study_keys.hpp"

namespace vereda::app {

using namespace geo;

namespace {

std::string header_of(const StudySection& section) {
    return section.repeated ? fmt::format("[[{}]]", section.name) : fmt::format("[{}]", section.name);
}

/// Keys that tell how the section's main file is read; they are explained once, at the end.
bool is_source_option(const StudySection& section, const StudyKey& key) {
    return !section.main_file.empty() &&
           std::ranges::any_of(source_option_keys(), [&](const StudyKey& option) { return option.name == key.name; });
}

std::string type_word(const StudyKey& key) {
    switch (key.type) {
        case KeyType::text:
            return "text";
        case KeyType::texts:
            return "texts";
        case KeyType::integer:
            return "integer";
        case KeyType::integers:
            return "integers";
        case KeyType::number:
            return "number";
        case KeyType::date:
            return "date";
        case KeyType::choice:
        case KeyType::choices:
            return fmt::format("{}", fmt::join(key.choices, ", "));
        case KeyType::crs:
            return "CRS";
        case KeyType::file:
            return fmt::format("file ({})", key.table);
        case KeyType::raster:
            return "raster";
        case KeyType::columns:
            break;
    }
    return "table";
}

std::string remarks(const StudyKey& key, const Messages& messages) {
    std::vector<std::string> parts;
    if (key.required) parts.push_back(messages.text("help.required"_msg));
    if (!key.unit.empty()) parts.push_back(messages.text({"help.unit"_msg, {{"unit", std::string(key.unit)}}}));
    if (!key.default_text.empty())
        parts.push_back(messages.text({"help.default"_msg, {{"value", std::string(key.default_text)}}}));
    return parts.empty() ? std::string() : fmt::format(" ({})", fmt::join(parts, "; "));
}

/// The layer of template_layers_file that a key's file would be; empty: it is no file with geometry.
std::string_view template_layer(const StudyKey& key) {
    const bool layer = key.type == KeyType::file && !key.table.empty() && !input_table(key.table).geometry.empty();
    return layer ? key.table : std::string_view();
}

/// One key as the template has it; `start` is "# " where it is commented out.
std::string template_lines(const StudySection& section, const StudyKey& key, std::string_view start,
                           const Messages& messages) {
    const std::string_view layer = template_layer(key);
    const bool is_main = section.main_file == key.name;
    std::string value(key.example);
    if (!layer.empty())
        value = is_main ? fmt::format("\"{}\"", template_layers_file)
                        : fmt::format("{{ source = \"{}\", layer = \"{}\" }}", template_layers_file, layer);
    std::string text =
        fmt::format("{}{} = {}  # {}{}\n", start, key.name, value, messages.text(key.help), remarks(key, messages));
    if (!layer.empty() && is_main) text += fmt::format("{}layer = \"{}\"\n", start, layer);
    return text;
}

/// As a person would fill the column in; what the reader takes as text stays text.
FieldType field_type(const InputColumn& column) {
    if (column.values == "YYYY-MM-DD") return FieldType::date;
    if (column.name == "year" || column.name == "households_total") return FieldType::integer;
    constexpr std::array numbers{"ha", "m²", "m", "0-1", "km/h"};
    return std::ranges::find(numbers, column.values) == numbers.end() ? FieldType::text : FieldType::real;
}

/// Sections without which there is no study stand uncommented.
bool needed(const StudySection& section) {
    return section.name == "study" || section.name == "regions";
}

}  // namespace

std::string study_template(const Messages& messages) {
    std::string text = fmt::format("# {}\n", messages.text("study.template_intro"_msg));
    for (const StudySection& section : study_sections()) {
        text +=
            fmt::format("\n# {}\n{}{}\n", messages.text(section.help), needed(section) ? "" : "# ", header_of(section));
        for (const StudyKey* key : keys_of_section(section.name)) {
            if (is_source_option(section, *key)) continue;
            const bool active = needed(section) && key->required;
            text += template_lines(section, *key, active ? "" : "# ", messages);
        }
    }
    text += fmt::format("\n# {}\n", messages.text("study.template_options"_msg));
    for (const StudyKey& key : source_option_keys()) {
        text += fmt::format("#   {} = {}  # {}{}\n", key.name, key.example, messages.text(key.help),
                            remarks(key, messages));
    }
    return text;
}

std::string csv_template(const InputTable& table) {
    return fmt::format("{}\n", fmt::join(column_names(table), ","));
}

std::vector<io::LayerToWrite> layer_templates() {
    std::vector<io::LayerToWrite> layers;
    for (const InputTable& table : input_tables()) {
        if (table.geometry.empty()) continue;
        io::LayerToWrite layer{std::string(table.name),
                               std::string(table.geometry),
                               {},
                               Crs::wgs84(),
                               table.geometry.starts_with("points") ? "Point" : "MultiPolygon",
                               {},
                               {},
                               {}};
        for (const InputColumn& column : table.columns) {
            layer.schema.fields.push_back({std::string(column.name), field_type(column)});
            const std::string values = column.values.empty() ? "" : fmt::format(" [{}]", column.values);
            layer.texts.push_back(
                {std::string(column.name), std::string(column.name), std::string(column.meaning) + values});
        }
        layers.push_back(std::move(layer));
    }
    return layers;
}

std::string study_document(const Messages& messages) {
    std::string text =
        fmt::format("# {}\n\n{}\n", messages.text("docs.study.title"_msg), messages.text("docs.study.intro"_msg));
    const auto row = [&](const StudyKey& key) {
        text += fmt::format("| `{}` | {} | {}{} | `{}` |\n", key.name, type_word(key), messages.text(key.help),
                            remarks(key, messages), key.example);
    };
    const std::string head = messages.text("docs.study.key_columns"_msg) + "\n|---|---|---|---|\n";
    for (const StudySection& section : study_sections()) {
        text += fmt::format("\n## `{}`\n\n{}\n\n{}", header_of(section), messages.text(section.help), head);
        for (const StudyKey* key : keys_of_section(section.name)) {
            if (!is_source_option(section, *key)) row(*key);
        }
    }
    text += fmt::format("\n## {}\n\n{}\n\n{}", messages.text("docs.study.options_title"_msg),
                        messages.text("study.template_options"_msg), head);
    for (const StudyKey& key : source_option_keys())
        row(key);
    text += fmt::format("\n## {}\n\n{}\n\n{}\n|---|---|\n", messages.text("docs.study.tables_title"_msg),
                        messages.text("docs.study.tables_intro"_msg), messages.text("docs.study.table_columns"_msg));
    for (const InputTable& table : input_tables()) {
        std::vector<std::string> columns;
        for (const InputColumn& column : table.columns) {
            const std::string name = column.required ? fmt::format("**{}**", column.name) : std::string(column.name);
            columns.push_back(column.values.empty() ? name : fmt::format("{} ({})", name, column.values));
        }
        text += fmt::format("| {} | {} |\n", table.name, fmt::join(columns, " · "));
    }
    return text;
}

std::string tables_document(const Messages& messages) {
    std::string text =
        fmt::format("# {}\n\n{}\n", messages.text("docs.tables.title"_msg), messages.text("docs.tables.intro"_msg));
    for (const InputTable& table : input_tables()) {
        text += fmt::format("\n## {}\n\n", table.name);
        if (!table.geometry.empty()) {
            text += messages.text({"docs.tables.geometry"_msg, {{"geometry", std::string(table.geometry)}}}) + "\n\n";
        }
        text += messages.text("docs.tables.columns"_msg) + "\n|---|---|---|\n";
        for (const InputColumn& column : table.columns) {
            text += column.required ? fmt::format("| **{}** |", column.name) : fmt::format("| {} |", column.name);
            text += fmt::format(" {} | {} |\n", column.meaning, column.values);
        }
    }
    return text;
}

}  // namespace vereda::app
