/// A table as it was written: every cell still text, each with its place. Registers and panels arrive this way from
/// CSV, XLSX, ODS or a layer's attributes; livelihoods/ turns the rows into typed records.
///
/// Readers hand over UTF-8, cells trimmed of surrounding white space, numbers and dates from spreadsheets written with
/// `.` and as ISO dates. An empty cell is unknown.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/date.hpp"
#include "geo/message.hpp"

namespace vereda::geo {

enum class DecimalMark { point, comma };

struct TextRow {
    long line = 0;  ///< 1-based line in a text file, row in a spreadsheet
    std::vector<std::string> cells;
};

struct TextTable {
    Locus locus;  ///< file and sheet or layer
    std::vector<std::string> columns;
    std::vector<TextRow> rows;
    DecimalMark decimal_mark = DecimalMark::point;
    DateOrder date_order = DateOrder::iso_only;

    [[nodiscard]] std::optional<std::size_t> find(std::string_view column) const;
    /// The locus of one cell, for errors and diagnostics.
    [[nodiscard]] Locus place(const TextRow& row, std::size_t column) const;
};

/// A decimal number in the table's mark, optional sign and exponent; nullopt for an empty cell. Throws Error(input,
/// "number.unreadable") for anything else: thousands separators, NaN, infinities, hexadecimal, trailing text.
[[nodiscard]] std::optional<double> parse_number(std::string_view text, DecimalMark mark);
[[nodiscard]] std::optional<long long> parse_integer(std::string_view text);
/// What to tell of a cell that parse_date() does not read: that the day stands first, that it is a spreadsheet's day
/// number, or how dates are written in this order.
[[nodiscard]] Message date_unreadable(std::string_view text, DateOrder order);

/// Typed access to one row with errors that name file, line and column.
class RowReader {
  public:
    RowReader(const TextTable& table, const TextRow& row) : table_(&table), row_(&row) {}
    /// A column that the table does not have reads as unknown.
    [[nodiscard]] std::string_view text(std::optional<std::size_t> column) const;
    [[nodiscard]] std::optional<double> number(std::optional<std::size_t> column) const;
    [[nodiscard]] std::optional<long long> integer(std::optional<std::size_t> column) const;
    [[nodiscard]] std::optional<Date> date(std::optional<std::size_t> column) const;
    [[nodiscard]] std::optional<Month> month(std::optional<std::size_t> column) const;
    [[nodiscard]] const TextRow& row() const { return *row_; }
    [[nodiscard]] const TextTable& table() const { return *table_; }

  private:
    const TextTable* table_;
    const TextRow* row_;
};

}  // namespace vereda::geo
