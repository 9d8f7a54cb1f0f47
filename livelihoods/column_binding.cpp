#include "livelihoods/column_binding.hpp"

#include <fmt/format.h>
#include <algorithm>

#include "geo/nearest_name.hpp"
#include "regions/look_alike.hpp"

namespace vereda::livelihoods {

using geo::Error;
using geo::ErrorKind;
using geo::operator""_msg;

std::optional<std::size_t> ColumnBinding::position_of(std::string_view name) {
    asked_.emplace_back(name);
    const auto mapped = map_->find(name);
    const std::string_view written = mapped == map_->end() ? name : std::string_view(mapped->second);
    std::optional<std::size_t> position = table_->find(written);
    if (!position) position = looking_like(written);
    if (position) bound_.push_back(*position);
    if (!position && mapped != map_->end()) throw missing(written);
    return position;
}

std::optional<std::size_t> ColumnBinding::looking_like(std::string_view name) const {
    const std::string key = regions::look_alike_key(name);
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < table_->columns.size(); ++i) {
        if (regions::look_alike_key(table_->columns[i]) != key) continue;
        if (found) return std::nullopt;
        found = i;
    }
    return found;
}

Error ColumnBinding::missing(std::string_view name) const {
    if (const auto nearest = geo::nearest_name(name, table_->columns)) {
        return Error(ErrorKind::input,
                     {"table.column_missing_nearest"_msg, {{"column", std::string(name)}, {"nearest", *nearest}}},
                     table_->locus);
    }
    return Error(ErrorKind::input, {"table.column_missing"_msg, {{"column", std::string(name)}}}, table_->locus);
}

Column ColumnBinding::required(std::string_view name) {
    const std::optional<std::size_t> position = position_of(name);
    if (!position) throw missing(name);
    return {position};
}

Column ColumnBinding::optional(std::string_view name) {
    return {position_of(name)};
}

std::pair<Column, Column> ColumnBinding::either(std::string_view first, std::string_view second) {
    const std::pair<Column, Column> both{optional(first), optional(second)};
    if (!both.first.position && !both.second.position) throw missing(first);
    return both;
}

void ColumnBinding::finish() const {
    for (const auto& [name, written] : *map_) {
        if (std::ranges::find(asked_, name) != asked_.end()) continue;
        if (const auto nearest = geo::nearest_name(name, asked_)) {
            throw Error(ErrorKind::usage, {"columns.unknown_nearest"_msg, {{"column", name}, {"nearest", *nearest}}},
                        table_->locus);
        }
        throw Error(ErrorKind::usage, {"columns.unknown"_msg, {{"column", name}}}, table_->locus);
    }
}

std::vector<std::size_t> ColumnBinding::unbound() const {
    std::vector<std::size_t> free;
    for (std::size_t i = 0; i < table_->columns.size(); ++i)
        if (std::ranges::find(bound_, i) == bound_.end()) free.push_back(i);
    return free;
}

geo::Locus RowCells::place(Column column) const {
    return reader_.table().place(reader_.row(), column.position.value_or(reader_.table().columns.size()));
}

std::string RowCells::lower_text(Column column) const {
    std::string text(reader_.text(column.position));
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

void RowCells::require(Column column) const {
    if (reader_.text(column.position).empty())
        throw Error(ErrorKind::input, {"table.cell_missing"_msg, {}}, place(column));
}

std::optional<double> RowCells::number_within(Column column, double lo, double hi) const {
    const std::optional<double> value = number(column);
    if (value && !(*value >= lo && *value <= hi)) {
        throw Error(ErrorKind::input,
                    {"table.out_of_range"_msg,
                     {{"value", text(column)}, {"lo", fmt::format("{}", lo)}, {"hi", fmt::format("{}", hi)}}},
                    place(column));
    }
    return value;
}

std::optional<long long> RowCells::integer_within(Column column, long long lo, long long hi) const {
    const std::optional<long long> value = reader_.integer(column.position);
    if (value && (*value < lo || *value > hi)) {
        throw Error(ErrorKind::input,
                    {"table.out_of_range"_msg,
                     {{"value", text(column)}, {"lo", std::to_string(lo)}, {"hi", std::to_string(hi)}}},
                    place(column));
    }
    return value;
}

std::string RowCells::required_text(Column column) const {
    require(column);
    return text(column);
}

double RowCells::required_number(Column column) const {
    require(column);
    return *number(column);
}

geo::Date RowCells::required_date(Column column) const {
    require(column);
    return *date(column);
}

geo::Month RowCells::required_month(Column column) const {
    require(column);
    return *month(column);
}

Error RowCells::word_unknown(Column column, std::span<const std::string_view> valid) const {
    return Error(
        ErrorKind::input,
        {"table.word_unknown"_msg, {{"word", text(column)}, {"valid", fmt::format("{}", fmt::join(valid, ", "))}}},
        place(column));
}

}  // namespace vereda::livelihoods
