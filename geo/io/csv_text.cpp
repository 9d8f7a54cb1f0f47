#include "geo/io/csv_text.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "geo/error.hpp"

namespace vereda::geo::io {

namespace {

Error refused(MessageId id, const Locus& locus, long line, MessageArguments arguments = {}) {
    Locus place = locus;
    place.line = line;
    return Error(ErrorKind::input, {id, std::move(arguments)}, place);
}

bool blank(const std::vector<std::string>& cells) {
    return std::ranges::all_of(cells, [](const std::string& cell) { return cell.empty(); });
}

/// One pass over the text, record by record.
class CsvScanner {
  public:
    CsvScanner(std::string_view text, char separator, const Locus& locus, const CsvLimits& limits)
        : text_(text), separator_(separator), locus_(&locus), limits_(limits) {}

    /// False at the end of the text.
    bool next(TextRow& row) {
        if (position_ == text_.size()) return false;
        row.line = line_;
        row.cells.clear();
        do {
            if (row.cells.size() == limits_.columns) {
                throw refused("csv.too_many_columns"_msg, *locus_, row.line,
                              {{"limit", std::to_string(limits_.columns)}});
            }
            row.cells.push_back(field());
        } while (at(separator_) && advance());
        end_of_line();
        return true;
    }

  private:
    [[nodiscard]] bool done() const { return position_ == text_.size(); }
    [[nodiscard]] bool at(char c) const { return !done() && text_[position_] == c; }
    [[nodiscard]] bool at_end_of_field() const { return done() || at(separator_) || at('\n') || at('\r'); }
    bool advance() {
        ++position_;
        return true;
    }
    void end_of_line() {
        if (at('\r')) ++position_;
        if (at('\n')) {
            ++position_;
            ++line_;
        } else if (position_ > 0 && text_[position_ - 1] == '\r') {
            ++line_;
        }
    }

    std::string field() {
        std::size_t start = position_;
        while (!done() && (at(' ') || (at('\t') && separator_ != '\t')))
            ++position_;
        if (at('"')) return quoted();
        position_ = start;
        while (!at_end_of_field())
            ++position_;
        check_length(position_ - start);
        return std::string(trimmed(text_.substr(start, position_ - start)));
    }

    std::string quoted() {
        const long opened = line_;
        std::string value;
        ++position_;
        while (true) {
            if (done()) throw refused("csv.open_quote"_msg, *locus_, opened);
            const char c = text_[position_++];
            if (c == '"' && !at('"')) break;
            if (c == '"') ++position_;
            if (c == '\n' || (c == '\r' && !at('\n'))) ++line_;
            value.push_back(c);
            check_length(value.size());
        }
        while (at(' ') || (at('\t') && separator_ != '\t'))
            ++position_;
        if (!at_end_of_field()) throw refused("csv.after_quote"_msg, *locus_, line_);
        return std::string(trimmed(value));
    }

    void check_length(std::size_t length) const {
        if (length > limits_.field_bytes) {
            throw refused("csv.field_too_long"_msg, *locus_, line_, {{"limit", std::to_string(limits_.field_bytes)}});
        }
    }

    std::string_view text_;
    char separator_;
    const Locus* locus_;
    CsvLimits limits_;
    std::size_t position_ = 0;
    long line_ = 1;
};

/// How many columns the first records have with this separator; 1 where they disagree or cannot be read.
std::size_t steady_columns(std::string_view text, char separator, const Locus& locus, const CsvLimits& limits) {
    constexpr int sample = 50;
    CsvScanner scanner(text, separator, locus, limits);
    TextRow row;
    std::size_t columns = 0;
    try {
        for (int records = 0; records < sample && scanner.next(row);) {
            if (blank(row.cells)) continue;
            if (columns == 0) columns = row.cells.size();
            if (row.cells.size() != columns) return 1;
            ++records;
        }
    } catch (const Error&) {
        return 1;  // the right separator will meet the same fault and name it
    }
    return columns;
}

/// Separators in the first record, outside quotes.
std::size_t in_first_line(std::string_view text, char separator) {
    bool quotes = false;
    std::size_t count = 0;
    for (const char c : text) {
        if (c == '"') quotes = !quotes;
        if (quotes) continue;
        if (c == '\n' || c == '\r') {
            if (count > 0) break;
            continue;
        }
        if (c == separator) ++count;
    }
    return count;
}

char separator_of(std::string_view text, const Locus& locus, const CsvLimits& limits) {
    constexpr std::array<char, 3> candidates = {';', '\t', ','};
    char best = ',';
    std::size_t most = 1;
    for (const char c : candidates) {
        const std::size_t columns = steady_columns(text, c, locus, limits);
        if (columns > most) {
            most = columns;
            best = c;
        }
    }
    if (most > 1) return best;
    return *std::ranges::max_element(candidates, {}, [&](char c) { return in_first_line(text, c); });
}

void take_row(TextTable& table, TextRow& row) {
    while (row.cells.size() > table.columns.size() && row.cells.back().empty())
        row.cells.pop_back();
    if (row.cells.size() != table.columns.size()) {
        throw refused(
            "csv.ragged"_msg, table.locus, row.line,
            {{"expected", std::to_string(table.columns.size())}, {"found", std::to_string(row.cells.size())}});
    }
    table.rows.push_back(std::move(row));
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n\v\f";
    constexpr std::string_view no_break = "\xC2\xA0";
    while (true) {
        if (!text.empty() && white.find(text.front()) != std::string_view::npos) {
            text.remove_prefix(1);
        } else if (!text.empty() && white.find(text.back()) != std::string_view::npos) {
            text.remove_suffix(1);
        } else if (text.starts_with(no_break)) {
            text.remove_prefix(no_break.size());
        } else if (text.ends_with(no_break)) {
            text.remove_suffix(no_break.size());
        } else {
            return text;
        }
    }
}

TextTable parse_csv(std::string_view text, const Locus& locus, const CsvLimits& limits) {
    CsvScanner scanner(text, separator_of(text, locus, limits), locus, limits);
    TextTable table;
    table.locus = locus;
    TextRow row;
    long header_line = 1;
    while (scanner.next(row)) {
        if (blank(row.cells)) continue;
        if (!table.columns.empty()) {
            take_row(table, row);
            continue;
        }
        header_line = row.line;
        while (!row.cells.empty() && row.cells.back().empty())
            row.cells.pop_back();
        table.columns = std::move(row.cells);
    }
    check_table(table, header_line);
    return table;
}

void check_table(TextTable& table, long header_line) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const std::string& name = table.columns[i];
        if (name.empty()) {
            throw refused("table.column_unnamed"_msg, table.locus, header_line, {{"number", std::to_string(i + 1)}});
        }
        if (!seen.insert(name).second) {
            throw refused("table.column_duplicate"_msg, table.locus, header_line, {{"column", name}});
        }
    }
    if (table.rows.empty()) throw refused("table.no_rows"_msg, table.locus, 0);
}

}  // namespace vereda::geo::io
