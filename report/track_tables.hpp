/// Tables of plot tracking: each plot's years, links left open, field blocks, what the links rest on. All internal.
#pragma once

#include "report/catalogue.hpp"
#include "report/results.hpp"
#include "report/table.hpp"
#include "report/table_cells.hpp"

namespace vereda::report {

extern const TableDeclaration tracks_table;
extern const TableDeclaration track_review_table;
extern const TableDeclaration field_blocks_table;
extern const TableDeclaration track_surveys_table;

[[nodiscard]] Rows tracks_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows track_review_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows field_blocks_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows track_surveys_rows(const RunResults& results, const Catalogue& words);

}  // namespace vereda::report
