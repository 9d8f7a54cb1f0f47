/// Tables of plots through time: permanence of cells, areas brought to the census cut-off and cut by zone, holdings,
/// reported eradication beside mapped, boundaries of other years.
#pragma once

#include "report/catalogue.hpp"
#include "report/results.hpp"
#include "report/table.hpp"
#include "report/table_cells.hpp"

namespace vereda::report {

extern const TableDeclaration permanence_table;
extern const TableDeclaration permanence_regions_table;
extern const TableDeclaration area_adjusted_table;
extern const TableDeclaration area_zones_table;
extern const TableDeclaration plot_parts_table;
extern const TableDeclaration holdings_table;
extern const TableDeclaration eradication_check_table;
extern const TableDeclaration replanting_table;
extern const TableDeclaration plot_area_then_table;
extern const TableDeclaration region_crosswalk_table;

[[nodiscard]] Rows permanence_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows permanence_regions_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows area_adjusted_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows area_zones_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows plot_parts_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows holdings_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows eradication_check_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows replanting_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows plot_area_then_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows region_crosswalk_rows(const RunResults& results, const Catalogue& words);

}  // namespace vereda::report
