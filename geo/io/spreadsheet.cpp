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

/// Columns that have neither a name nor any content are the sheet's empty margin.
void drop_empty_columns(TextTable& table) {
    for (std::size_t i = table.columns.size(); i-- > 0;) {
        const auto at = static_cast<std::ptrdiff_t>(i);
        const bool empty = table.columns[i].empty() &&
                           std::ranges::all_of(table.rows, [&](const TextRow& row) { return row.cells[i].empty(); });
        if (!empty) continue;
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

TextTable read_sheet(const SourcePath& source, FileFormat format, const std::string& sheet) {
    const RowsAsData setting;
    OgrLayerInput book = open_book(source, format);
    TextTable table;
    OGRLayer* layer = sheet_of(book, sheet);
    table.locus = book.locus;
    if (layer == nullptr) throw Error(ErrorKind::input, {"table.no_rows"_msg, {}}, table.locus);
    if (book.dataset->GetLayerCount() > 1) table.locus.layer = layer->GetName();
    layer->ResetReading();
    long header_line = 1;
    long line = 0;
    while (const OgrFeature feature{layer->GetNextFeature()}) {
        TextRow row;
        line = std::max(line + 1, static_cast<long>(feature->GetFID()));
        row.line = line;
        for (int i = 0; i < feature->GetFieldCount(); ++i)
            row.cells.push_back(cell_text(*feature, i));
        if (blank(row)) continue;
        if (table.columns.empty()) {
            header_line = row.line;
            table.columns = std::move(row.cells);
        } else {
            table.rows.push_back(std::move(row));
        }
    }
    drop_empty_columns(table);
    check_table(table, header_line);
    return table;
}

std::vector<std::string> sheet_names(const SourcePath& source, FileFormat format) {
    return names_of_layers(*open_book(source, format).dataset);
}

}  // namespace vereda::geo::io
