/// Tables of displacement: the agreement of all looks, the adding-up, the flow ledger.
#pragma once

#include "report/catalogue.hpp"
#include "report/results.hpp"
#include "report/table.hpp"
#include "report/table_cells.hpp"

namespace vereda::report {

extern const TableDeclaration displacement_table;
extern const TableDeclaration adding_up_table;
extern const TableDeclaration flows_table;
extern const TableDeclaration flow_balance_table;

[[nodiscard]] Rows displacement_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows adding_up_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows flows_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows flow_balance_rows(const RunResults& results, const Catalogue& words);

}  // namespace vereda::report
