/// Tables of forest loss: mechanisms by region and year, how far choices move them, and what land was lost.
#pragma once

#include "report/catalogue.hpp"
#include "report/results.hpp"
#include "report/table.hpp"
#include "report/table_cells.hpp"

namespace vereda::report {

extern const TableDeclaration loss_table;
extern const TableDeclaration loss_range_table;
extern const TableDeclaration loss_destinations_table;
extern const TableDeclaration crop_destinations_table;

[[nodiscard]] Rows loss_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows loss_range_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows loss_destinations_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows crop_destinations_rows(const RunResults& results, const Catalogue& words);

}  // namespace vereda::report
