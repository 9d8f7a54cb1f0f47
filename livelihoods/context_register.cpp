#include "livelihoods/registers.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

struct NumericColumn {
    Column column;
    std::string name;
    std::string unit;
};

/// A column counts as numeric when its first filled cell reads as a number.
bool is_numeric(const geo::TextTable& table, std::span<const geo::TextRow> rows, std::size_t column) {
    for (const geo::TextRow& row : rows) {
        const std::string_view cell = geo::RowReader(table, row).text(column);
        if (cell.empty()) continue;
        try {
            return geo::parse_number(cell, table.decimal_mark).has_value();
        } catch (const geo::Error&) {  // the question is whether it reads; text is an answer, not a fault
            return false;
        }
    }
    return false;
}

bool reads_as_number(std::string_view cell, geo::DecimalMark mark) {
    try {
        return geo::parse_number(cell, mark).has_value();
    } catch (const geo::Error&) {  // the question is whether it reads
        return false;
    }
}

/// Tells that a column is left out: as a warning with the first cell that is no number where most of its cells are.
void tell_left_out(const geo::TextTable& table, std::span<const geo::TextRow> rows, std::size_t column,
                   geo::Diagnostics& diagnostics) {
    std::size_t filled = 0;
    std::size_t numbers = 0;
    const geo::TextRow* first = nullptr;
    for (const geo::TextRow& row : rows) {
        const std::string_view cell = geo::RowReader(table, row).text(column);
        if (cell.empty()) continue;
        ++filled;
        const bool number = reads_as_number(cell, table.decimal_mark);
        numbers += number ? 1 : 0;
        if (!number && first == nullptr) first = &row;
    }
    geo::Locus place = table.locus;
    place.field = table.columns[column];
    if (first == nullptr || 2 * numbers <= filled) {
        diagnostics.add({geo::Severity::note, {"context.column_left_out"_msg, {}}, place});
        return;
    }
    place.line = first->line;
    diagnostics.add({geo::Severity::warning,
                     {"context.column_not_numbers"_msg,
                      {{"text", std::string(geo::RowReader(table, *first).text(column))},
                       {"count", std::to_string(filled - numbers)}}},
                     place});
}

}  // namespace

std::vector<ContextValue> context_from(const geo::TextTable& table, const ColumnMap& columns,
                                       geo::Diagnostics& diagnostics) {
    ColumnBinding binding(table, columns);
    const Column region = binding.required("region_id"), year = binding.required("year");
    binding.finish();

    std::span<const geo::TextRow> rows = table.rows;
    const bool has_units = !rows.empty() && RowCells(table, rows.front()).text(region).empty() &&
                           RowCells(table, rows.front()).text(year).empty();
    const geo::TextRow* units = has_units ? &rows.front() : nullptr;
    if (has_units) rows = rows.subspan(1);

    std::vector<NumericColumn> numeric;
    for (const std::size_t position : binding.unbound()) {
        if (!is_numeric(table, rows, position)) {
            tell_left_out(table, rows, position, diagnostics);
            continue;
        }
        const Column column{position};
        numeric.push_back(
            {column, table.columns[position], units == nullptr ? std::string() : RowCells(table, *units).text(column)});
    }

    std::vector<ContextValue> values;
    for (const geo::TextRow& text_row : rows) {
        const RowCells row(table, text_row);
        const std::string region_id = row.required_text(region);
        const auto in_year = row.integer_within(year, 1800, 2200);
        if (!in_year) throw geo::Error(geo::ErrorKind::input, {"table.cell_missing"_msg, {}}, row.place(year));
        for (const NumericColumn& column : numeric) {
            if (const auto value = row.number(column.column))
                values.push_back(
                    {region_id, static_cast<int>(*in_year), column.name, *value, column.unit, text_row.line});
        }
    }
    return values;
}

std::vector<PublishedTotal> published_totals_from(const geo::TextTable& table, const ColumnMap& columns) {
    ColumnBinding binding(table, columns);
    const Column name = binding.required("column"), year = binding.required("year"), total = binding.required("total");
    const Column source = binding.optional("source"), change = binding.optional("change_percent");
    binding.finish();
    std::vector<PublishedTotal> totals;
    for (const geo::TextRow& text_row : table.rows) {
        const RowCells row(table, text_row);
        const auto in_year = row.integer_within(year, 1800, 2200);
        if (!in_year) throw geo::Error(geo::ErrorKind::input, {"table.cell_missing"_msg, {}}, row.place(year));
        const auto sum = row.required_number(total);
        totals.push_back({row.required_text(name), static_cast<int>(*in_year), sum, row.text(source), text_row.line,
                          row.number(change)});
    }
    return totals;
}

}  // namespace vereda::livelihoods
