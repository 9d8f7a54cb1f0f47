/// Finds out whether a table writes 1.5 or 1,5, and refuses to guess where it could be either.
#pragma once

#include "geo/text_table.hpp"

namespace vereda::geo::io {

/// Looks at the columns whose every cell could be a number. Cells like 1,5 or 0,250 or 1234,567 can only be decimal
/// commas; 1.5 only a decimal point; 1,234 or 1.234 could be either a fraction or a thousand. Throws Error(input) with
/// line and column: "number.ambiguous" for 1,234 (or for 1.234 beside decimal commas) without other evidence,
/// "number.thousands" for 1,234,567 or 1.234,5 and "number.two_marks" where both marks are certain.
[[nodiscard]] DecimalMark decimal_mark_of(const TextTable& table);

}  // namespace vereda::geo::io
