#include "geo/io/decimal_mark.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/error.hpp"

namespace vereda::geo::io {

namespace {

enum class Reading { not_a_number, neutral, comma, point, comma_or_thousands, point_or_thousands, thousands };

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// What one mark in the number says: 1,234 may be a thousand; 0,234 and 1,23 and 1234,567 cannot.
Reading single_mark(std::string_view whole, std::string_view fraction, bool comma) {
    const bool grouped = !whole.empty() && whole.size() <= 3 && whole.front() != '0' && fraction.size() == 3;
    if (comma) return grouped ? Reading::comma_or_thousands : Reading::comma;
    return grouped ? Reading::point_or_thousands : Reading::point;
}

Reading reading_of(std::string_view text) {
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    const bool exponent = text.find_first_of("eE") != std::string_view::npos;
    if (exponent) {
        const std::size_t e = text.find_first_of("eE");
        std::string_view power = text.substr(e + 1);
        if (!power.empty() && (power.front() == '-' || power.front() == '+')) power.remove_prefix(1);
        if (power.empty() || !all_digits(power)) return Reading::not_a_number;
        text = text.substr(0, e);
    }
    const std::size_t mark = text.find_first_of(".,");
    if (mark == std::string_view::npos)
        return !text.empty() && all_digits(text) ? Reading::neutral : Reading::not_a_number;
    const std::string_view whole = text.substr(0, mark);
    const std::string_view rest = text.substr(mark + 1);
    if (!all_digits(whole) || (whole.empty() && rest.empty())) return Reading::not_a_number;
    if (all_digits(rest)) {
        const Reading reading = single_mark(whole, rest, text[mark] == ',');
        if (!exponent) return reading;
        return text[mark] == ',' ? Reading::comma : Reading::point;
    }
    // Several marks: groups of three digits, then perhaps a fraction.
    const bool plain = std::ranges::all_of(rest, [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ','; });
    const std::size_t second = rest.find_first_of(".,");
    return plain && !whole.empty() && second == 3 ? Reading::thousands : Reading::not_a_number;
}

struct Cell {
    const TextRow* row = nullptr;
    std::size_t column = 0;
};

Error refused(MessageId id, const TextTable& table, const Cell& cell) {
    return Error(ErrorKind::input, {id, {{"text", cell.row->cells[cell.column]}}}, table.place(*cell.row, cell.column));
}

/// First cell of each kind, in reading order.
struct Evidence {
    Cell comma;
    Cell point;
    Cell comma_or_thousands;
    Cell point_or_thousands;
    Cell thousands;

    void add(Reading reading, const Cell& cell) {
        if (reading == Reading::comma) keep_first(comma, cell);
        if (reading == Reading::point) keep_first(point, cell);
        if (reading == Reading::comma_or_thousands) keep_first(comma_or_thousands, cell);
        if (reading == Reading::point_or_thousands) keep_first(point_or_thousands, cell);
        if (reading == Reading::thousands) keep_first(thousands, cell);
    }
    void add(const Evidence& other) {
        keep_first(comma, other.comma);
        keep_first(point, other.point);
        keep_first(comma_or_thousands, other.comma_or_thousands);
        keep_first(point_or_thousands, other.point_or_thousands);
        keep_first(thousands, other.thousands);
    }

  private:
    static void keep_first(Cell& kept, const Cell& cell) {
        if (cell.row != nullptr && (kept.row == nullptr || cell.row->line < kept.row->line)) kept = cell;
    }
};

/// What the cells of one column say together; nullopt where one of them is no number. The first row may hold a unit
/// where `units` says so.
std::optional<Evidence> evidence_of(const TextTable& table, std::size_t column, bool units = false) {
    Evidence evidence;
    for (const TextRow& row : table.rows) {
        const std::string& cell = row.cells[column];
        if (cell.empty()) continue;
        const Reading reading = reading_of(cell);
        if (reading == Reading::not_a_number && units && &row == &table.rows.front()) continue;
        if (reading == Reading::not_a_number) return std::nullopt;
        evidence.add(reading, {&row, column});
    }
    return evidence;
}

void require_one_mark(const TextTable& table, const Evidence& column) {
    if (column.thousands.row != nullptr) throw refused("number.thousands"_msg, table, column.thousands);
    if (column.comma.row != nullptr && column.point.row != nullptr) {
        throw refused("number.two_marks"_msg, table,
                      column.comma.row->line > column.point.row->line ? column.comma : column.point);
    }
    if (column.comma.row != nullptr && column.point_or_thousands.row != nullptr) {
        throw refused("number.ambiguous"_msg, table, column.point_or_thousands);
    }
}

void rewrite_commas(TextTable& table, std::size_t column, MessageId about, Diagnostics& diagnostics) {
    for (TextRow& row : table.rows)
        if (reading_of(row.cells[column]) != Reading::not_a_number) std::ranges::replace(row.cells[column], ',', '.');
    Locus place = table.locus;
    place.field = table.columns[column];
    diagnostics.add({Severity::warning, {about, {}}, place, std::nullopt});
}

}  // namespace

void settle_decimal_mark(TextTable& table, Diagnostics& diagnostics) {
    Evidence all;
    std::vector<std::size_t> comma_columns;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const std::optional<Evidence> column = evidence_of(table, i);
        if (!column) continue;
        require_one_mark(table, *column);
        all.add(*column);
        if (column->comma.row != nullptr) comma_columns.push_back(i);
    }
    const bool points = all.point.row != nullptr;
    if (all.comma_or_thousands.row != nullptr && (points || all.point_or_thousands.row != nullptr)) {
        throw refused("number.thousands"_msg, table, all.comma_or_thousands);
    }
    if (points) {
        for (const std::size_t column : comma_columns)
            rewrite_commas(table, column, "number.comma_column"_msg, diagnostics);
        return;
    }
    if (comma_columns.empty()) {
        if (all.comma_or_thousands.row != nullptr) throw refused("number.ambiguous"_msg, table, all.comma_or_thousands);
        return;
    }
    if (all.point_or_thousands.row != nullptr) throw refused("number.ambiguous"_msg, table, all.point_or_thousands);
    table.decimal_mark = DecimalMark::comma;
}

void settle_text_commas(TextTable& table, std::optional<DecimalMark> declared, Diagnostics& diagnostics) {
    table.decimal_mark = DecimalMark::point;
    if (declared == DecimalMark::point) return;
    bool certain = declared == DecimalMark::comma;
    std::vector<std::pair<std::size_t, Evidence>> with_commas;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const std::optional<Evidence> column = evidence_of(table, i, true);
        if (!column) continue;
        if (column->thousands.row != nullptr) throw refused("number.thousands"_msg, table, column->thousands);
        if (column->comma.row == nullptr && column->comma_or_thousands.row == nullptr) continue;
        certain = certain || column->comma.row != nullptr;
        with_commas.emplace_back(i, *column);
    }
    for (const auto& [i, column] : with_commas) {
        if (!certain) throw refused("number.ambiguous"_msg, table, column.comma_or_thousands);
        if (!declared && column.point_or_thousands.row != nullptr)
            throw refused("number.ambiguous"_msg, table, column.point_or_thousands);
        rewrite_commas(table, i, "number.comma_text"_msg, diagnostics);
    }
}

}  // namespace vereda::geo::io
