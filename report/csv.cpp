#include "report/csv.hpp"

#include <string>
#include <string_view>
#include <variant>

#include "report/safe_text.hpp"

namespace vereda::report {

namespace {

void write_field(std::ostream& out, std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        out << text;
        return;
    }
    out << '"';
    for (const char c : text) {
        if (c == '"') out << '"';
        out << c;
    }
    out << '"';
}

}  // namespace

void write_csv(std::ostream& out, const Table& table) {
    const auto columns = table.declaration->columns;
    for (std::size_t i = 0; i < columns.size(); ++i)
        out << (i == 0 ? "" : ",") << columns[i].name;
    out << "\r\n";
    for (const auto& row : table.rows) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (i > 0) out << ',';
            const auto* text = std::get_if<std::string>(&row[i]);
            write_field(out, text != nullptr ? spreadsheet_text(*text) : cell_text(row[i], columns[i]));
        }
        out << "\r\n";
    }
}

}  // namespace vereda::report
