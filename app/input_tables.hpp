/// The tables that a study may bring, column by column: names that `columns = { … }` may map, headers of the templates
/// that `init` writes, and the pages docs/study.md and docs/tables.md.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vereda::app {

struct InputColumn {
    std::string_view name;
    bool required = false;
    std::string_view values = {};   ///< unit, or the values allowed, as written in the file
    std::string_view meaning = {};  ///< in English, for docs/tables.md
};

struct InputTable {
    std::string_view name;  ///< "households"
    std::vector<InputColumn> columns;
    /// What its features are: `init` writes a layer for it. Empty: a table without geometry, for which it writes
    /// NAME.csv.
    std::string_view geometry = {};
};

[[nodiscard]] std::span<const InputTable> input_tables();
/// Throws Error(internal, "internal.table_undeclared").
[[nodiscard]] const InputTable& input_table(std::string_view name);
[[nodiscard]] std::vector<std::string> column_names(const InputTable& table);

}  // namespace vereda::app
