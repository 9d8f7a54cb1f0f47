/// XLSX and ODS sheets as text tables. Used inside geo/io only.
#pragma once

#include <string>
#include <vector>

#include "geo/io/feature_reader.hpp"
#include "geo/io/file_format.hpp"

namespace vereda::geo::io {

/// The sheet of this name, else the first. Cells come as text: numbers with `.` in their shortest form, days as ISO
/// dates, text cells as they are. The first row with any text is the header; empty rows and columns without header and
/// content are left out. Throws as parse_csv does, and Error(usage, "layer.unknown").
[[nodiscard]] TextTable read_sheet(const SourcePath& source, FileFormat format, const std::string& sheet);

[[nodiscard]] std::vector<std::string> sheet_names(const SourcePath& source, FileFormat format);

}  // namespace vereda::geo::io
