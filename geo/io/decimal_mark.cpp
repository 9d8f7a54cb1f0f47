#include "geo/io/decimal_mark.hpp"

#include <algorithm>
#include <string_view>

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
        Cell* kept = reading == Reading::comma                ? &comma
                     : reading == Reading::point              ? &point
                     : reading == Reading::comma_or_thousands ? &comma_or_thousands
                     : reading == Reading::point_or_thousands ? &point_or_thousands
                     : reading == Reading::thousands          ? &thousands
                                                              : nullptr;
        if (kept != nullptr && (kept->row == nullptr || cell.row->line < kept->row->line)) *kept = cell;
    }
};

bool numeric(const TextTable& table, std::size_t column) {
    bool any = false;
    for (const TextRow& row : table.rows) {
        const std::string& cell = row.cells[column];
        if (cell.empty()) continue;
        if (reading_of(cell) == Reading::not_a_number) return false;
        any = true;
    }
    return any;
}

}  // namespace

DecimalMark decimal_mark_of(const TextTable& table) {
    Evidence evidence;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        if (!numeric(table, column)) continue;
        for (const TextRow& row : table.rows)
            evidence.add(reading_of(row.cells[column]), {&row, column});
    }
    if (evidence.thousands.row != nullptr) throw refused("number.thousands"_msg, table, evidence.thousands);
    if (evidence.comma.row != nullptr && evidence.point.row != nullptr) {
        throw refused("number.two_marks"_msg, table, evidence.point);
    }
    if (evidence.comma.row != nullptr) {
        if (evidence.point_or_thousands.row != nullptr) {
            throw refused("number.ambiguous"_msg, table, evidence.point_or_thousands);
        }
        return DecimalMark::comma;
    }
    if (evidence.comma_or_thousands.row != nullptr) {
        const bool points = evidence.point.row != nullptr || evidence.point_or_thousands.row != nullptr;
        throw refused(points ? "number.thousands"_msg : "number.ambiguous"_msg, table, evidence.comma_or_thousands);
    }
    return DecimalMark::point;
}

}  // namespace vereda::geo::io
