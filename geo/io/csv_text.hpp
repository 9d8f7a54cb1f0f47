/// CSV by RFC 4180, with the separator found from the text: comma, semicolon or tab. GDAL's reader loses rows without a
/// word (OSGeo/gdal#11660, #11845); this one refuses what it cannot read whole.
#pragma once

#include <string_view>

#include "geo/text_table.hpp"

namespace vereda::geo::io {

struct CsvLimits {
    std::size_t field_bytes = std::size_t{1} << 20;
    std::size_t columns = 20'000;
};

/// The first record with any text is the header; records without any text are left out; cells come trimmed; line ends
/// are LF, CRLF or CR. A record longer than the header is accepted only where what is too much is empty. Throws
/// Error(input) with the line: "csv.ragged", "csv.open_quote", "csv.after_quote", "csv.field_too_long",
/// "csv.too_many_columns", and "table.column_duplicate", "table.column_unnamed", "table.no_rows".
[[nodiscard]] TextTable parse_csv(std::string_view text, const Locus& locus, const CsvLimits& limits = {});

/// The checks of header and rows that every table passes, from a spreadsheet too.
void check_table(TextTable& table, long header_line);

/// Without ASCII white space and no-break spaces at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace vereda::geo::io
