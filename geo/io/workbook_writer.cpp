#include "geo/io/workbook_writer.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
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
        format_set_num_format(formats_.date, "yyyy-mm-dd");
    }
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;
    ~Workbook() {
        if (book_ != nullptr) workbook_close(book_);
    }
    [[nodiscard]] lxw_workbook* get() const { return book_; }
    [[nodiscard]] const Formats& formats() const { return formats_; }
    [[nodiscard]] lxw_error close() { return workbook_close(std::exchange(book_, nullptr)); }

  private:
    std::string folder_;
    lxw_workbook* book_ = nullptr;
    Formats formats_;
};

void write_date(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, Date date, lxw_format* format) {
    const std::chrono::year_month_day day(date);
    lxw_datetime moment{};
    moment.year = static_cast<int>(day.year());
    moment.month = static_cast<int>(static_cast<unsigned>(day.month()));
    moment.day = static_cast<int>(static_cast<unsigned>(day.day()));
    worksheet_write_datetime(sheet, row, column, &moment, format);
}

void write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Value& value, lxw_format* date_format) {
    constexpr int first_excel_year = 1900;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        if (*integer > largest_exact_integer || *integer < -largest_exact_integer) {
            worksheet_write_string(sheet, row, column, to_text(value).c_str(), nullptr);
        } else {
            worksheet_write_number(sheet, row, column, static_cast<double>(*integer), nullptr);
        }
    } else if (const auto* real = std::get_if<double>(&value)) {
        if (std::isfinite(*real)) worksheet_write_number(sheet, row, column, *real, nullptr);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        if (!text->empty()) worksheet_write_string(sheet, row, column, text->c_str(), nullptr);
    } else if (const auto* date = std::get_if<Date>(&value)) {
        if (year_of(*date) >= first_excel_year) {
            write_date(sheet, row, column, *date, date_format);
        } else {
            worksheet_write_string(sheet, row, column, to_iso(*date).c_str(), nullptr);
        }
    }
}

void require_fitting(const Sheet& sheet, const std::string& path) {
    bool fits = sheet.rows.size() + 2 <= most_rows && sheet.columns.size() <= most_columns;
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

void write_sheet(Workbook& book, const Sheet& sheet, const std::string& path) {
    require_fitting(sheet, path);
    lxw_worksheet* worksheet = workbook_add_worksheet(book.get(), sheet.name.c_str());
    if (worksheet == nullptr) {
        throw Error(ErrorKind::internal, {"workbook.sheet_name"_msg, {{"name", sheet.name}}}, in_file(path));
    }
    const bool units = std::ranges::any_of(sheet.columns, [](const SheetColumn& c) { return !c.unit.empty(); });
    const lxw_row_t first = units ? 2 : 1;
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        constexpr double narrowest = 9;
        constexpr double widest = 40;
        const double width =
            static_cast<double>(std::max(sheet.columns[i].name.size(), sheet.columns[i].unit.size())) + 2;
        worksheet_set_column(worksheet, column, column, std::clamp(width, narrowest, widest), nullptr);
        worksheet_write_string(worksheet, 0, column, sheet.columns[i].name.c_str(), book.formats().header);
        if (units) worksheet_write_string(worksheet, 1, column, sheet.columns[i].unit.c_str(), book.formats().unit);
    }
    worksheet_freeze_panes(worksheet, first, 0);
    for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
        for (std::size_t c = 0; c < sheet.rows[r].size(); ++c) {
            write_cell(worksheet, first + static_cast<lxw_row_t>(r), static_cast<lxw_col_t>(c), sheet.rows[r][c],
                       book.formats().date);
        }
    }
}

}  // namespace

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
