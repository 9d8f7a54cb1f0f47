/// The registry of output tables (design §5): which there are, and how a run fills them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/catalogue.hpp"
#include "report/results.hpp"
#include "report/table.hpp"

namespace vereda::report {

/// Every table, in the order of the documentation.
[[nodiscard]] std::span<const TableDeclaration* const> declared_tables();
/// Throws Error(internal, "table.unknown").
[[nodiscard]] const TableDeclaration& declared_table(std::string_view name);

/// A longer table of coverage makes its rows when they are read: those of a national register would fill the memory.
inline constexpr std::size_t rows_held_at_most = 100'000;

/// The tables of a run: `diagnostics` always, the others where they have rows. Internal edition. Reasons are sentences
/// in the catalogue's language; states, verdicts, mechanisms and components are codes. `diagnostics` is written beside
/// run.json as diagnostics.csv, every other one as tables/NAME.csv. They may refer to `results`.
[[nodiscard]] std::vector<Table> tables_of(const RunResults& results, const Catalogue& words);
/// The one of that name, without rows where the run found none. Throws Error(internal) for an unknown name.
[[nodiscard]] Table table_of(const RunResults& results, std::string_view name, const Catalogue& words);

/// docs/outputs.md: every table with its columns, units, audience and personal marks.
[[nodiscard]] std::string outputs_markdown(const Catalogue& words);

}  // namespace vereda::report
