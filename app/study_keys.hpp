/// Every key of the study file, declared once: the strict reader, docs/study.md and the template that `init` writes
/// derive from this table.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/message.hpp"

namespace vereda::app {

enum class KeyType {
    text,
    texts,  ///< array of texts
    integer,
    integers,  ///< array of integers
    number,
    date,     ///< a TOML local date
    choice,   ///< one of `choices`
    choices,  ///< array of them
    crs,      ///< anything Crs::parse takes, or "auto"
    file,     ///< a path, or { source = …, layer = …, … }
    raster,   ///< path or path:BAND
    columns,  ///< table: our column name = the file's
};

struct StudyKey {
    std::string_view section;  ///< "study", "surveys" …
    std::string_view name;
    KeyType type = KeyType::text;
    geo::MessageId help;
    bool required = false;
    std::string_view default_text = {};
    std::string_view unit = {};
    std::vector<std::string> choices = {};
    std::optional<double> least = {};
    std::optional<double> most = {};
    std::string_view table = {};    ///< of a file: the input table it holds (app/input_tables.hpp)
    std::string_view example = {};  ///< as written in a study, for the template
};

struct StudySection {
    std::string_view name;
    bool repeated = false;  ///< [[name]]
    geo::MessageId help;
    std::string_view main_file = {};  ///< the file key that the section's own layer, where, columns … belong to
};

[[nodiscard]] std::span<const StudySection> study_sections();
/// In the order of the documentation, sections together.
[[nodiscard]] std::span<const StudyKey> study_keys();
[[nodiscard]] std::vector<const StudyKey*> keys_of_section(std::string_view section);
/// How a file is read: layer, where, columns, crs, encoding, decimal, date_order. Sections with a main file take them
/// beside it, every file key takes them in its inline table.
[[nodiscard]] std::span<const StudyKey> source_option_keys();

}  // namespace vereda::app
