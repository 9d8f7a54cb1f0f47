#include "geo/text_table.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "geo/error.hpp"

namespace vereda::geo {

namespace {

Error unreadable(MessageId id, std::string_view text) {
    return Error(ErrorKind::input, {id, {{"text", std::string(text.substr(0, 80))}}});
}

/// digits [mark digits] [e [sign] digits], or mark digits …
bool looks_decimal(std::string_view text, char mark) {
    const auto skip_digits = [&text] {
        const std::size_t count = static_cast<std::size_t>(
            std::ranges::find_if(text, [](char c) { return c < '0' || c > '9'; }) - text.begin());
        text.remove_prefix(count);
        return count;
    };
    std::size_t significant = skip_digits();
    if (!text.empty() && text.front() == mark) {
        text.remove_prefix(1);
        significant += skip_digits();
    }
    if (significant == 0) return false;
    if (text.empty()) return true;
    if (text.front() != 'e' && text.front() != 'E') return false;
    text.remove_prefix(1);
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) text.remove_prefix(1);
    return skip_digits() > 0 && text.empty();
}

/// Adds the place of a cell to whatever reading it throws.
template <class Read>
auto at_cell(const RowReader& reader, std::optional<std::size_t> column, const Read& read) {
    try {
        return read(reader.text(column));
    } catch (Error& error) {
        const Locus place = reader.table().place(reader.row(), *column);
        error.in_file(place.file).in_layer(place.layer).at_line(place.line).in_field(place.field);
        throw;
    }
}

}  // namespace

std::optional<std::size_t> TextTable::find(std::string_view column) const {
    const auto it = std::ranges::find(columns, column);
    if (it == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(it - columns.begin());
}

Locus TextTable::place(const TextRow& row, std::size_t column) const {
    Locus result = locus;
    result.line = row.line;
    if (column < columns.size()) result.field = columns[column];
    return result;
}

std::optional<double> parse_number(std::string_view text, DecimalMark mark) {
    if (text.empty()) return std::nullopt;
    const char point = mark == DecimalMark::point ? '.' : ',';
    std::string_view unsigned_text = text;
    const bool negative = unsigned_text.front() == '-';
    if (negative || unsigned_text.front() == '+') unsigned_text.remove_prefix(1);
    if (!looks_decimal(unsigned_text, point)) throw unreadable("number.unreadable"_msg, text);
    std::string digits(unsigned_text);
    std::ranges::replace(digits, point, '.');
    double value = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (status != std::errc() || end != digits.data() + digits.size()) throw unreadable("number.unreadable"_msg, text);
    return negative ? -value : value;
}

std::optional<long long> parse_integer(std::string_view text) {
    if (text.empty()) return std::nullopt;
    std::string_view digits = text;
    if (digits.front() == '+' && digits.size() > 1 && digits[1] != '-') digits.remove_prefix(1);
    long long value = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (status != std::errc() || end != digits.data() + digits.size()) throw unreadable("integer.unreadable"_msg, text);
    return value;
}

Message date_unreadable(std::string_view text, DateOrder order) {
    const MessageArguments arguments{{"text", std::string(text.substr(0, 80))}};
    const bool day_first = order == DateOrder::day_month_year;
    if (!day_first && parse_date(text, DateOrder::day_month_year)) return {"date.day_first"_msg, arguments};
    const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    constexpr std::size_t digits_of_day_numbers = 5;  // 10,000 to 99,999: the years 1927 to 2173
    if (digits && text.size() == digits_of_day_numbers) return {"date.day_number"_msg, arguments};
    return {day_first ? "date.unreadable_day_first"_msg : "date.unreadable"_msg, arguments};
}

std::string_view RowReader::text(std::optional<std::size_t> column) const {
    if (!column || *column >= row_->cells.size()) return {};
    return row_->cells[*column];
}

std::optional<double> RowReader::number(std::optional<std::size_t> column) const {
    return at_cell(*this, column, [this](std::string_view cell) { return parse_number(cell, table_->decimal_mark); });
}

std::optional<long long> RowReader::integer(std::optional<std::size_t> column) const {
    return at_cell(*this, column, [](std::string_view cell) { return parse_integer(cell); });
}

std::optional<Date> RowReader::date(std::optional<std::size_t> column) const {
    return at_cell(*this, column, [this](std::string_view cell) {
        const std::optional<Date> date = parse_date(cell, table_->date_order);
        if (!date && !cell.empty()) throw Error(ErrorKind::input, date_unreadable(cell, table_->date_order));
        return date;
    });
}

std::optional<Month> RowReader::month(std::optional<std::size_t> column) const {
    return at_cell(*this, column, [this](std::string_view cell) {
        const std::optional<Month> month = parse_month(cell, table_->date_order);
        if (!month && !cell.empty()) throw unreadable("month.unreadable"_msg, cell);
        return month;
    });
}

}  // namespace vereda::geo
