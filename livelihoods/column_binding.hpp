/// Which column of a table holds what: the product's names, or the user's own through a map.
///
/// A column is asked for once per table, then read by position. "Household_ID" is household_id, where no other column
/// looks like it. What was asked for is what the table may hold, so a map
/// that names a column nobody asks for is an error with the nearest name.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/error.hpp"
#include "geo/text_table.hpp"

namespace vereda::livelihoods {

/// Default column name → the name in the user's table.
using ColumnMap = std::map<std::string, std::string, std::less<>>;

struct Column {
    std::optional<std::size_t> position;  ///< nullopt: the table does not have it; every cell reads as unknown
};

class ColumnBinding {
  public:
    ColumnBinding(const geo::TextTable& table, const ColumnMap& map) : table_(&table), map_(&map) {}

    /// Error(input, "table.column_missing" or "table.column_missing_nearest") where the table does not have it.
    [[nodiscard]] Column required(std::string_view name);
    /// Error(input) only where the map names a column that the table does not have.
    [[nodiscard]] Column optional(std::string_view name);
    /// At least one of the two must be there.
    [[nodiscard]] std::pair<Column, Column> either(std::string_view first, std::string_view second);
    /// Error(usage, "columns.unknown") for a key of the map that was never asked for.
    void finish() const;

    [[nodiscard]] const geo::TextTable& table() const { return *table_; }
    /// Positions that no asked-for column uses, ascending.
    [[nodiscard]] std::vector<std::size_t> unbound() const;

  private:
    [[nodiscard]] std::optional<std::size_t> position_of(std::string_view name);
    /// The only column whose name differs in case, blanks or accents alone.
    [[nodiscard]] std::optional<std::size_t> looking_like(std::string_view name) const;
    [[nodiscard]] geo::Error missing(std::string_view name) const;

    const geo::TextTable* table_;
    const ColumnMap* map_;
    std::vector<std::string> asked_;
    std::vector<std::size_t> bound_;
};

/// One word of a closed vocabulary and what it means.
template <class Value>
struct Word {
    std::string_view text;
    Value value;
};

/// Cells of one row as typed values. Every error names file, line and column.
class RowCells {
  public:
    RowCells(const geo::TextTable& table, const geo::TextRow& row) : reader_(table, row) {}

    [[nodiscard]] std::string text(Column column) const { return std::string(reader_.text(column.position)); }
    [[nodiscard]] std::optional<double> number(Column column) const { return reader_.number(column.position); }
    [[nodiscard]] std::optional<geo::Date> date(Column column) const { return reader_.date(column.position); }
    [[nodiscard]] std::optional<geo::Month> month(Column column) const { return reader_.month(column.position); }
    /// Error(input, "table.out_of_range") outside [lo, hi].
    [[nodiscard]] std::optional<double> number_within(Column column, double lo, double hi) const;
    [[nodiscard]] std::optional<long long> integer_within(Column column, long long lo, long long hi) const;

    // Error(input, "table.cell_missing") for an empty cell.
    [[nodiscard]] std::string required_text(Column column) const;
    [[nodiscard]] double required_number(Column column) const;
    [[nodiscard]] geo::Date required_date(Column column) const;
    [[nodiscard]] geo::Month required_month(Column column) const;

    /// The value of a word, case ignored; nullopt for an empty cell; Error(input, "table.word_unknown") naming the
    /// valid words for any other.
    template <class Value>
    [[nodiscard]] std::optional<Value> word(Column column, std::span<const Word<Value>> words) const {
        const std::string written = lower_text(column);
        if (written.empty()) return std::nullopt;
        for (const Word<Value>& word : words)
            if (word.text == written) return word.value;
        std::vector<std::string_view> valid;
        for (const Word<Value>& word : words)
            valid.push_back(word.text);
        throw word_unknown(column, valid);
    }

    [[nodiscard]] geo::Locus place(Column column) const;
    /// ASCII letters lowered.
    [[nodiscard]] std::string lower_text(Column column) const;

  private:
    void require(Column column) const;
    [[nodiscard]] geo::Error word_unknown(Column column, std::span<const std::string_view> valid) const;

    geo::RowReader reader_;
};

}  // namespace vereda::livelihoods
