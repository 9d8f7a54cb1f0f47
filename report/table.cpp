#include "report/table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "geo/error.hpp"

namespace vereda::report {

using geo::operator""_msg;

std::string_view name_of(Audience audience) {
    return audience == Audience::public_safe ? "public-safe" : "internal";
}

std::size_t TableDeclaration::position(std::string_view column) const {
    const auto found = std::ranges::find(columns, column, &Column::name);
    if (found == columns.end()) {
        throw geo::Error(geo::ErrorKind::internal,
                         {"table.column_unknown"_msg, {{"table", std::string(name)}, {"column", std::string(column)}}});
    }
    return static_cast<std::size_t>(found - columns.begin());
}

void Table::for_rows(std::size_t first, std::size_t last,
                     const std::function<void(const std::vector<geo::Value>&)>& visit) const {
    for (std::size_t i = first; i < last; ++i) {
        if (make_row) {
            visit(make_row(i));
        } else {
            visit(rows[i]);
        }
    }
}

Table Table::head(std::size_t at_most) const {
    Table first{declaration, {}};
    first.rows.reserve(std::min(at_most, row_count()));
    for_rows(0, std::min(at_most, row_count()), [&](const auto& row) { first.rows.push_back(row); });
    return first;
}

void sort_rows(Table& table) {
    if (!std::ranges::is_sorted(table.rows)) std::ranges::sort(table.rows);
}

std::string cell_text(const geo::Value& value, const Column& column) {
    if (const auto* real = std::get_if<double>(&value)) {
        if (column.decimals == shortest_round_trip) return fmt::format("{}", *real);
        std::string digits = fmt::format("{:.{}f}", *real, column.decimals);
        if (digits.front() == '-' && digits.find_first_not_of("-0.") == std::string::npos) digits.erase(0, 1);
        return digits;
    }
    return geo::to_text(value);
}

}  // namespace vereda::report
