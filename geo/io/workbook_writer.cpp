#include "geo/io/workbook_writer.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"

namespace vereda::geo::io {

namespace {

constexpr std::size_t most_rows = 1'048'576;  // Microsoft, "Excel specifications and limits"
constexpr std::size_t most_columns = 16'384;
constexpr std::size_t most_characters = 32'767;
constexpr std::int64_t largest_exact_integer = std::int64_t{1} << 53;
constexpr time_t fixed_time = 946'684'800;  // 2000-01-01T00:00:00Z: times are kept out of outputs

Locus in_file(const std::string& path) {
    Locus locus;
    locus.file = path;
    return locus;
}

struct Formats {
    lxw_format* header = nullptr;
    lxw_format* unit = nullptr;
    lxw_format* date = nullptr;
};

/// The library frees a workbook when it is closed, and only then.
class Workbook {
  public:
    Workbook(const std::string& file, std::string folder) : folder_(std::move(folder)) {
        lxw_workbook_options options{};
        options.tmpdir = folder_.data();  // its temporary files stay beside the output
        options.constant_memory = LXW_TRUE;
        book_ = workbook_new_opt(file.c_str(), &options);
        if (book_ == nullptr) throw Error(ErrorKind::resource, {"memory.exhausted"_msg, {}});
        lxw_doc_properties properties{};
        properties.created = fixed_time;
        workbook_set_properties(book_, &properties);
        formats_.header = workbook_add_format(book_);
        format_set_bold(formats_.header);
        format_set_bottom(formats_.header, LXW_BORDER_THIN);
        formats_.unit = workbook_add_format(book_);
        format_set_italic(formats_.unit);
        formats_.date = workbook_add_format(book_);
        constexpr uint8_t short_date_of_the_reader = 14;  // ECMA-376 part 1, 18.8.30
        format_set_num_format_index(formats_.date, short_date_of_the_reader);
    }
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;
    ~Workbook() {
        if (book_ != nullptr) workbook_close(book_);
    }
    [[nodiscard]] lxw_workbook* get() const { return book_; }
    [[nodiscard]] const Formats& formats() const { return formats_; }
    /// Of a column's cells that are not days; nullptr where General does.
    [[nodiscard]] lxw_format* format_of(const SheetColumn& column) {
        if (column.number_format.empty() && !column.wrapped) return nullptr;
        lxw_format*& format = of_columns_[{column.number_format, column.wrapped}];
        if (format == nullptr) {
            format = workbook_add_format(book_);
            if (!column.number_format.empty()) format_set_num_format(format, column.number_format.c_str());
            if (column.wrapped) {
                format_set_text_wrap(format);
                format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
            }
        }
        return format;
    }
    [[nodiscard]] lxw_error close() { return workbook_close(std::exchange(book_, nullptr)); }

  private:
    std::string folder_;
    lxw_workbook* book_ = nullptr;
    Formats formats_;
    std::map<std::pair<std::string, bool>, lxw_format*> of_columns_;
};

void write_date(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, Date date, lxw_format* format) {
    const std::chrono::year_month_day day(date);
    lxw_datetime moment{};
    moment.year = static_cast<int>(day.year());
    moment.month = static_cast<int>(static_cast<unsigned>(day.month()));
    moment.day = static_cast<int>(static_cast<unsigned>(day.day()));
    worksheet_write_datetime(sheet, row, column, &moment, format);
}

struct CellFormats {
    lxw_format* date = nullptr;
    lxw_format* other = nullptr;
};

void write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Value& value, CellFormats formats) {
    constexpr int first_excel_year = 1900;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        if (*integer > largest_exact_integer || *integer < -largest_exact_integer) {
            worksheet_write_string(sheet, row, column, to_text(value).c_str(), nullptr);
        } else {
            worksheet_write_number(sheet, row, column, static_cast<double>(*integer), formats.other);
        }
    } else if (const auto* real = std::get_if<double>(&value)) {
        if (std::isfinite(*real)) worksheet_write_number(sheet, row, column, *real, formats.other);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        if (!text->empty()) worksheet_write_string(sheet, row, column, text->c_str(), formats.other);
    } else if (const auto* date = std::get_if<Date>(&value)) {
        if (year_of(*date) >= first_excel_year) {
            write_date(sheet, row, column, *date, formats.date);
        } else {
            worksheet_write_string(sheet, row, column, to_iso(*date).c_str(), nullptr);
        }
    }
}

double width_of(const Sheet& sheet, std::size_t column) {
    const SheetColumn& declared = sheet.columns[column];
    if (declared.width > 0) return declared.width;
    constexpr double narrowest = 9;
    constexpr double widest = 60;
    constexpr std::size_t looked_at = 200;
    const std::size_t arrow = 3;  // the filter's button
    std::size_t longest = std::max(declared.name.size(), declared.unit.size() + arrow);
    for (std::size_t r = 0; r < std::min(looked_at, sheet.rows.size()); ++r) {
        const auto* text = std::get_if<std::string>(&sheet.rows[r][column]);
        if (text != nullptr) longest = std::max(longest, text->size());
    }
    return std::clamp(static_cast<double>(longest) + 2, narrowest, widest);
}

void require_fitting(const Sheet& sheet, const std::string& path) {
    bool fits = fits_a_sheet(sheet.rows.size(), sheet.columns.size());
    for (const std::vector<Value>& row : sheet.rows) {
        for (const Value& value : row) {
            const auto* text = std::get_if<std::string>(&value);
            fits = fits && (text == nullptr || text->size() <= most_characters);
        }
    }
    if (fits) return;
    Locus locus = in_file(path);
    locus.layer = sheet.name;
    throw Error(ErrorKind::input, {"workbook.too_large"_msg, {}}, locus);
}

/// How many rows it has.
lxw_row_t write_header(Workbook& book, lxw_worksheet* worksheet, const Sheet& sheet) {
    const bool units = std::ranges::any_of(sheet.columns, [](const SheetColumn& c) { return !c.unit.empty(); });
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        worksheet_set_column(worksheet, column, column, width_of(sheet, i), nullptr);
        worksheet_write_string(worksheet, 0, column, sheet.columns[i].name.c_str(), book.formats().header);
    }
    for (std::size_t i = 0; units && i < sheet.columns.size(); ++i) {
        worksheet_write_string(worksheet, 1, static_cast<lxw_col_t>(i), sheet.columns[i].unit.c_str(),
                               book.formats().unit);
    }
    return units ? 2 : 1;
}

/// In a header & starts a code of the format.
std::string print_header(const std::string& mark) {
    std::string header = "&L&\"-,Bold\"";
    for (const char c : mark)
        header += c == '&' ? std::string("&&") : std::string(1, c);
    return header + "&R&A  &P/&N";
}

void lay_out(lxw_worksheet* worksheet, const Sheet& sheet, lxw_row_t first) {
    worksheet_freeze_panes(worksheet, first, 0);
    const auto last_row = static_cast<lxw_row_t>(first + sheet.rows.size()) - 1;
    const auto last_column = static_cast<lxw_col_t>(sheet.columns.size() - 1);
    if (!sheet.rows.empty()) worksheet_autofilter(worksheet, first - 1, 0, last_row, last_column);
    worksheet_set_landscape(worksheet);
    worksheet_set_paper(worksheet, 9);  // A4
    worksheet_fit_to_pages(worksheet, 1, 0);
    worksheet_repeat_rows(worksheet, 0, first - 1);
    if (!sheet.printed_mark.empty()) worksheet_set_header(worksheet, print_header(sheet.printed_mark).c_str());
}

void write_sheet(Workbook& book, const Sheet& sheet, const std::string& path) {
    require_fitting(sheet, path);
    lxw_worksheet* worksheet = workbook_add_worksheet(book.get(), sheet.name.c_str());
    if (worksheet == nullptr) {
        throw Error(ErrorKind::internal, {"workbook.sheet_name"_msg, {{"name", sheet.name}}}, in_file(path));
    }
    if (sheet.columns.empty()) return;
    const lxw_row_t first = write_header(book, worksheet, sheet);
    lay_out(worksheet, sheet, first);
    std::vector<CellFormats> formats;
    for (const SheetColumn& column : sheet.columns)
        formats.push_back({book.formats().date, book.format_of(column)});
    for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
        for (std::size_t c = 0; c < sheet.rows[r].size(); ++c) {
            write_cell(worksheet, first + static_cast<lxw_row_t>(r), static_cast<lxw_col_t>(c), sheet.rows[r][c],
                       formats[c]);
        }
    }
}

}  // namespace

bool fits_a_sheet(std::size_t rows, std::size_t columns) {
    return rows + 2 <= most_rows && columns <= most_columns;
}

void write_workbook(const std::string& path, const std::vector<Sheet>& sheets) {
    AtomicFile file(path);
    const std::string folder = std::filesystem::path(file.path()).parent_path().string();
    {
        Workbook book(file.path(), folder.empty() ? "." : folder);
        for (const Sheet& sheet : sheets)
            write_sheet(book, sheet, path);
        if (const lxw_error status = book.close(); status != LXW_NO_ERROR) {
            throw Error(ErrorKind::resource, {"file.not_written"_msg, {{"reason", lxw_strerror(status)}}},
                        in_file(path));
        }
    }
    file.commit();
}

}  // namespace vereda::geo::io
