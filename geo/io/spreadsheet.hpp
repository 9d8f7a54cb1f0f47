/// XLSX and ODS sheets as text tables. Used inside geo/io only.
#pragma once

#include <string>
#include <vector>

#include "geo/diagnostic.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/io/file_format.hpp"

namespace vereda::geo::io {

/// The sheet of this name, else the first, with a note where there are others. Cells come as text: numbers with `.` in
/// their shortest form, days as ISO dates, text cells as they are. Empty rows and columns without header and content
/// are left out. The header is the first row with any text, but for titles above it, rows of one cell where the table
/// has more columns, which are left out with a note; and where that row has gaps that the next one fills with words,
/// as under merged cells, both rows are the header, with a note: the lower words where there are any. Throws as
/// parse_csv does, and Error(usage, "layer.unknown").
[[nodiscard]] TextTable read_sheet(const SourcePath& source, FileFormat format, const std::string& sheet,
                                   Diagnostics& diagnostics);

[[nodiscard]] std::vector<std::string> sheet_names(const SourcePath& source, FileFormat format);

}  // namespace vereda::geo::io
