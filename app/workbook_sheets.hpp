/// Output tables as the sheets of a workbook for people: a sheet that explains, one that lists every column, then one
/// sheet a table.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "geo/io/workbook_writer.hpp"
#include "report/datapackage.hpp"
#include "report/table.hpp"

namespace vereda::app {

/// Numbers with the decimals that the CSV has, shares as percents, years without separators; text harmless and at most
/// as long as a cell holds.
[[nodiscard]] geo::io::Sheet sheet_of(const report::Table& table);

/// `files` names, beside each table, its CSV: where a table that no sheet can hold is to be found whole. The edition is
/// marked on every printed page.
[[nodiscard]] std::vector<geo::io::Sheet> workbook_sheets(std::string_view study_name,
                                                          std::span<const report::TableFile> files,
                                                          report::Edition edition, const report::Catalogue& words);

}  // namespace vereda::app
