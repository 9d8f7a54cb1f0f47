#include "report/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <variant>

#include "report/safe_text.hpp"

namespace vereda::report {

namespace {

void append_field(std::string& out, std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

/// As cell_text() writes it: the shortest digits that read back the same.
void append_shortest(std::string& out, double value) {
    if (value == 0 && !std::signbit(value)) {
        out += '0';
        return;
    }
    std::array<char, 32> digits{};
    out.append(digits.data(), fmt::format_to(digits.data(), "{}", value));
}

}  // namespace

void append_csv_header(std::string& out, std::span<const Column> columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i > 0) out += ',';
        out += columns[i].name;
    }
    out += "\r\n";
}

void append_csv_row(std::string& out, std::span<const geo::Value> row, std::span<const Column> columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i > 0) out += ',';
        if (const auto* text = std::get_if<std::string>(&row[i])) {
            append_field(out, spreadsheet_text(*text));
        } else if (const auto* real = std::get_if<double>(&row[i]);
                   real != nullptr && columns[i].decimals == shortest_round_trip) {
            append_shortest(out, *real);
        } else {
            append_field(out, cell_text(row[i], columns[i]));
        }
    }
    out += "\r\n";
}

void put_csv(const std::function<void(std::string_view)>& put, const Table& table, geo::Parallelism parallelism) {
    constexpr std::size_t piece = 1024;
    const auto columns = table.declaration->columns;
    const std::size_t count = table.row_count();
    std::string header;
    append_csv_header(header, columns);
    put(header);
    geo::parallel_ordered<std::string>((count + piece - 1) / piece, parallelism,
                                       [&](std::size_t p) {
                                           std::string text;
                                           table.for_rows(p * piece, std::min(count, (p + 1) * piece),
                                                          [&](const auto& row) { append_csv_row(text, row, columns); });
                                           return text;
                                       },
                                       [&](std::size_t, std::string&& text) { put(text); });
}

void write_csv(std::ostream& out, const Table& table, geo::Parallelism parallelism) {
    put_csv([&](std::string_view text) { out << text; }, table, parallelism);
}

}  // namespace vereda::report
