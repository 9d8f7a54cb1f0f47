/// What is written from the tables of study keys and input tables: the example study of `init`, CSV templates,
/// docs/study.md.
#pragma once

#include <string>

#include "app/input_tables.hpp"
#include "app/messages.hpp"

namespace vereda::app {

/// A study file with every key and its meaning; what is not required is commented out. It is valid TOML.
[[nodiscard]] std::string study_template(const Messages& messages);
/// The header row of one table.
[[nodiscard]] std::string csv_template(const InputTable& table);
/// The whole of docs/study.md.
[[nodiscard]] std::string study_document(const Messages& messages);
/// docs/tables.md: every input table, column by column.
[[nodiscard]] std::string tables_document(const Messages& messages);

}  // namespace vereda::app
