/// Finds out whether a table writes 1.5 or 1,5, and refuses to guess where it could be either.
#pragma once

#include <optional>

#include "geo/diagnostic.hpp"
#include "geo/text_table.hpp"

namespace vereda::geo::io {

/// Sets the table's mark from the columns whose every cell could be a number. Cells like 1,5 or 0,250 or 1234,567 can
/// only be decimal commas; 1.5 only a decimal point; 1,234 or 1.234 could be either a fraction or a thousand. Where
/// some columns have points and others certain commas, the commas are rewritten as points with the warning
/// "number.comma_column". Throws Error(input) with line and column: "number.ambiguous" for 1,234 (or for 1.234 beside
/// decimal commas) without other evidence, "number.thousands" for 1,234,567, 1.234,5 or 1,234 beside decimal points,
/// and "number.two_marks" where one column has both marks.
void settle_decimal_mark(TextTable& table, Diagnostics& diagnostics);

/// The same for spreadsheets and layers, whose number cells come with a point and only whose text cells can have
/// commas: certain commas, and with `declared` comma all, are rewritten as points with the warning "number.comma_text";
/// the mark stays the point. Throws "number.thousands", and "number.ambiguous" for 1,234 without other evidence or
/// declaration and, undeclared, for 1.234 in a column that writes commas (declared, it is a number cell).
void settle_text_commas(TextTable& table, std::optional<DecimalMark> declared, Diagnostics& diagnostics);

}  // namespace vereda::geo::io
