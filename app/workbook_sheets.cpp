#include "app/workbook_sheets.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "report/safe_text.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// Of a cell, in bytes of UTF-8: below Excel's 32,767 characters whatever they are.
constexpr std::size_t most_characters = 8'000;

bool is_share(const report::Column& column) {
    return column.unit == "1" && column.name.ends_with("share");
}

bool is_year(const report::Column& column) {
    return column.name == "year" || column.name.ends_with("_year");
}

std::string number_format_of(const report::Column& column) {
    if (is_share(column)) return "0.0%";
    if (column.type == FieldType::integer) return is_year(column) ? "0" : "#,##0";
    if (column.type != FieldType::real || column.decimals == report::shortest_round_trip) return {};
    return column.decimals == 0 ? "#,##0" : "#,##0." + std::string(static_cast<std::size_t>(column.decimals), '0');
}

/// The number that the CSV shows: both editions of a figure are one figure.
Value as_written(const Value& value, const report::Column& column) {
    if (const auto* text = std::get_if<std::string>(&value))
        return report::shortened(report::safe_text(*text), most_characters);
    if (!std::holds_alternative<double>(value)) return value;
    const std::string digits = report::cell_text(value, column);
    double number = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return status == std::errc() && end == digits.data() + digits.size() ? Value(number) : Value();
}

struct Listing {
    io::Sheet sheet;
    void line(const std::string& left, const std::string& right) { sheet.rows.push_back({left, right}); }
};

io::Sheet readme_sheet(std::string_view study_name, std::span<const report::TableFile> files, report::Edition edition,
                       const report::Catalogue& words) {
    const bool is_public = edition == report::Edition::public_release;
    Listing readme;
    readme.sheet.name = words.text("workbook.readme"_msg);
    readme.sheet.columns = {{words.text("head.table"_msg), "", "", 28, true},
                            {words.text("workbook.about"_msg), "", "", 110, true}};
    readme.line("vereda", report::shortened(report::safe_text(study_name), 200));
    readme.line(words.text(is_public ? "edition.public"_msg : "edition.internal"_msg),
                words.text(is_public ? "package.public"_msg : "package.internal"_msg));
    readme.line(words.text("workbook.numbers.title"_msg), words.text("workbook.numbers"_msg));
    for (const report::TableFile& file : files) {
        const report::TableDeclaration& table = *file.table->declaration;
        std::string about = words.text(table.title) + ". " + words.text(table.about);
        if (!io::fits_a_sheet(file.table->row_count(), table.columns.size()))
            about += " " + words.text("workbook.no_sheet"_msg, {{"file", file.path}});
        readme.line(std::string(table.name), about);
    }
    return std::move(readme.sheet);
}

io::Sheet columns_sheet(std::span<const report::TableFile> files, const report::Catalogue& words) {
    io::Sheet sheet;
    sheet.name = words.text("workbook.columns"_msg);
    sheet.columns = {{words.text("head.table"_msg), "", "", 26},
                     {words.text("workbook.column"_msg), "", "", 26},
                     {words.text("workbook.unit"_msg), "", "", 12},
                     {words.text("workbook.meaning"_msg), "", "", 100, true}};
    for (const report::TableFile& file : files) {
        for (const report::Column& column : file.table->declaration->columns) {
            sheet.rows.push_back({std::string(file.table->declaration->name), std::string(column.name),
                                  std::string(column.unit), words.text(column.about)});
        }
    }
    return sheet;
}

}  // namespace

io::Sheet sheet_of(const report::Table& table) {
    const auto columns = table.declaration->columns;
    io::Sheet sheet;
    sheet.name = std::string(table.declaration->name);
    for (const report::Column& column : columns) {
        const std::string unit = is_share(column) ? "%" : std::string(column.unit);
        sheet.columns.push_back({std::string(column.name), unit, number_format_of(column)});
    }
    table.for_rows(0, table.row_count(), [&](const std::vector<Value>& row) {
        std::vector<Value>& cells = sheet.rows.emplace_back();
        cells.reserve(row.size());
        for (std::size_t i = 0; i < row.size(); ++i)
            cells.push_back(as_written(row[i], columns[i]));
    });
    return sheet;
}

std::vector<io::Sheet> workbook_sheets(std::string_view study_name, std::span<const report::TableFile> files,
                                       report::Edition edition, const report::Catalogue& words) {
    std::vector<io::Sheet> sheets{readme_sheet(study_name, files, edition, words), columns_sheet(files, words)};
    for (const report::TableFile& file : files) {
        if (io::fits_a_sheet(file.table->row_count(), file.table->declaration->columns.size()))
            sheets.push_back(sheet_of(*file.table));
    }
    const bool is_public = edition == report::Edition::public_release;
    const std::string mark = words.text(is_public ? "edition.public"_msg : "edition.internal"_msg) + " · " +
                             report::shortened(report::safe_text(study_name), 60);
    for (io::Sheet& sheet : sheets)
        sheet.printed_mark = mark;
    return sheets;
}

}  // namespace vereda::app
