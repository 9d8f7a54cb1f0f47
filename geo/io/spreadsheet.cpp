#include "geo/io/spreadsheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "geo/io/csv_text.hpp"
#include "geo/io/ogr_dataset.hpp"

namespace vereda::geo::io {

namespace {

/// Every row is asked for as data: the driver guesses headers, and renames those that repeat. It reads a sheet when the
/// first row is asked for, so this lives as long as the book is read.
struct RowsAsData {
    GdalSetting xlsx{"OGR_XLSX_HEADERS", "DISABLE"};
    GdalSetting ods{"OGR_ODS_HEADERS", "DISABLE"};
};

OgrLayerInput open_book(const SourcePath& source, FileFormat format) {
    Diagnostics none;
    return open_dataset(source, format, {}, none);
}

/// A number as a spreadsheet stores it, 17 digits long, in its shortest form; anything else as it is.
std::string shortest(const std::string& text) {
    double value = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool number = status == std::errc() && end == text.data() + text.size();
    const std::size_t digits =
        static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }));
    const bool fraction = text.find('.') != std::string::npos;
    constexpr std::size_t exact_digits = 15;
    return number && fraction && digits > exact_digits ? fmt::format("{}", value) : text;
}

/// The driver writes days in a text column as 2020/01/31, with a time where it is not midnight.
std::string with_iso_date(const std::string& text) {
    if (text.size() < 10 || text[4] != '/' || text[7] != '/') return text;
    std::string iso = text;
    iso[4] = '-';
    iso[7] = '-';
    if (!parse_date(iso.substr(0, 10), DateOrder::iso_only)) return text;
    return iso.size() == 10 || iso.substr(10).starts_with(" 00:00:00") ? iso.substr(0, 10) : iso;
}

std::string cell_text(const OGRFeature& feature, int field) {
    if (feature.IsFieldSetAndNotNull(field) == 0) return {};
    switch (feature.GetFieldDefnRef(field)->GetType()) {
        case OFTReal:
            return fmt::format("{}", feature.GetFieldAsDouble(field));
        case OFTString:
            return std::string(trimmed(with_iso_date(shortest(feature.GetFieldAsString(field)))));
        default:
            return with_iso_date(feature.GetFieldAsString(field));
    }
}

bool blank(const TextRow& row) {
    return std::ranges::all_of(row.cells, [](const std::string& cell) { return cell.empty(); });
}

std::size_t filled_cells(const TextRow& row) {
    return static_cast<std::size_t>(
        std::ranges::count_if(row.cells, [](const std::string& cell) { return !cell.empty(); }));
}

bool starts_with_digit(const std::string& cell) {
    return !cell.empty() && cell.front() >= '0' && cell.front() <= '9';
}

/// Rows above the header: one cell each, over a table of several columns; the header holds words only.
std::size_t title_rows(const std::vector<TextRow>& rows) {
    const auto header = std::ranges::find_if(rows, [](const TextRow& row) { return filled_cells(row) > 1; });
    if (header == rows.end() || !std::ranges::none_of(header->cells, starts_with_digit)) return 0;
    return static_cast<std::size_t>(header - rows.begin());
}

/// Whether `below` goes on with a header whose merged cells leave gaps: it fills every gap, with words only.
bool continues_header(const TextRow& header, const TextRow& below) {
    bool gap = false;
    for (std::size_t i = 0; i < header.cells.size(); ++i) {
        const std::string& cell = below.cells[i];
        if (starts_with_digit(cell)) return false;
        if (!header.cells[i].empty()) continue;
        if (cell.empty()) return false;
        gap = true;
    }
    return gap;
}

std::string joined_names(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names)
        all += (all.empty() ? "" : ", ") + name;
    return all;
}

/// Takes titles and header off the front of the rows.
void take_header(std::vector<TextRow>& rows, TextTable& table, long& header_line, Diagnostics& diagnostics) {
    const auto note = [&](MessageId about, long line, MessageArguments arguments) {
        Locus place = table.locus;
        place.line = line;
        diagnostics.add({Severity::note, {about, std::move(arguments)}, place, std::nullopt});
    };
    const std::size_t titles = title_rows(rows);
    for (std::size_t i = 0; i < titles; ++i)
        note("sheet.title_skipped"_msg, rows[i].line,
             {{"text", *std::ranges::find_if(rows[i].cells, [](const auto& cell) { return !cell.empty(); })}});
    auto data = rows.begin() + static_cast<std::ptrdiff_t>(titles);
    if (data == rows.end()) return;
    header_line = data->line;
    table.columns = std::move((data++)->cells);
    if (data != rows.end() && continues_header({0, table.columns}, *data)) {
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            if (!data->cells[i].empty()) table.columns[i] = std::move(data->cells[i]);
        note("sheet.header_in_two_rows"_msg, header_line, {{"columns", joined_names(table.columns)}});
        ++data;
    }
    table.rows.assign(std::make_move_iterator(data), std::make_move_iterator(rows.end()));
}

/// A column that no row fills and no header names.
void drop_unnamed_empty_columns(TextTable& table) {
    for (std::size_t i = table.columns.size(); i-- > 0;) {
        const bool empty = table.columns[i].empty() &&
                           std::ranges::all_of(table.rows, [&](const TextRow& row) { return row.cells[i].empty(); });
        if (!empty) continue;
        const auto at = static_cast<std::ptrdiff_t>(i);
        table.columns.erase(table.columns.begin() + at);
        for (TextRow& row : table.rows)
            row.cells.erase(row.cells.begin() + at);
    }
}

OGRLayer* sheet_of(OgrLayerInput& book, const std::string& sheet) {
    if (sheet.empty()) return book.dataset->GetLayerCount() > 0 ? book.dataset->GetLayer(0) : nullptr;
    choose_layer(book, sheet);
    return book.layer;
}

}  // namespace

TextTable read_sheet(const SourcePath& source, FileFormat format, const std::string& sheet, Diagnostics& diagnostics) {
    const RowsAsData setting;
    OgrLayerInput book = open_book(source, format);
    TextTable table;
    OGRLayer* layer = sheet_of(book, sheet);
    table.locus = book.locus;
    if (layer == nullptr) throw Error(ErrorKind::input, {"table.no_rows"_msg, {}}, table.locus);
    if (book.dataset->GetLayerCount() > 1) {
        table.locus.layer = layer->GetName();
        if (sheet.empty()) diagnostics.add({Severity::note, {"sheet.first_taken"_msg, {}}, table.locus, std::nullopt});
    }
    layer->ResetReading();
    std::vector<TextRow> rows;
    long line = 0;
    while (const OgrFeature feature{layer->GetNextFeature()}) {
        TextRow row;
        line = std::max(line + 1, static_cast<long>(feature->GetFID()));
        row.line = line;
        for (int i = 0; i < feature->GetFieldCount(); ++i)
            row.cells.push_back(cell_text(*feature, i));
        if (!blank(row)) rows.push_back(std::move(row));
    }
    long header_line = 1;
    take_header(rows, table, header_line, diagnostics);
    drop_unnamed_empty_columns(table);
    check_table(table, header_line);
    return table;
}

std::vector<std::string> sheet_names(const SourcePath& source, FileFormat format) {
    return names_of_layers(*open_book(source, format).dataset);
}

}  // namespace vereda::geo::io
