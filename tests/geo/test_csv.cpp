#include <algorithm>
#include <string>
#include <vector>

#include "geo/error.hpp"
#include "geo/io/csv_text.hpp"
#include "geo/io/decimal_mark.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/io/text_decoding.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using geo::TextTable;
using Cells = std::vector<std::string>;

namespace {

TextTable parsed(std::string_view text) {
    return geo::io::parse_csv(text, {});
}

/// "id:line:field" of what reading the bytes as a file throws; "read" if nothing is.
std::string fate(const std::string& bytes, const geo::io::SourceOptions& options = {}) {
    const tests::TemporaryFolder folder;
    geo::Diagnostics diagnostics;
    try {
        (void)geo::io::read_table(folder.write("t.csv", bytes), options, diagnostics);
        return "read";
    } catch (const geo::Error& error) {
        CHECK(error.kind() == geo::ErrorKind::input);
        CHECK(error.locus().file == folder / "t.csv");
        return std::string(error.message().id.text()) + ":" + std::to_string(error.locus().line) + ":" +
               error.locus().field;
    }
}

TextTable read(const std::string& bytes, geo::Diagnostics& diagnostics, const geo::io::SourceOptions& options = {}) {
    const tests::TemporaryFolder folder;
    return geo::io::read_table(folder.write("t.csv", bytes), options, diagnostics);
}

std::vector<std::string> ids(const geo::Diagnostics& diagnostics) {
    std::vector<std::string> result;
    for (const geo::Diagnostic& d : diagnostics.sorted())
        result.emplace_back(d.message.id.text());
    return result;
}

}  // namespace

TEST_CASE("separators are found, quotes opened and doubled, lines counted") {
    CHECK(parsed("a,b\n1,2\n").rows[0].cells == Cells{"1", "2"});
    CHECK(parsed("a;b\n1,5;2\n").rows[0].cells == Cells{"1,5", "2"});
    CHECK(parsed("a\tb\n1\t2\n").rows[0].cells == Cells{"1", "2"});
    CHECK(parsed("a;\"Area, ha; total\"\n1;2\n").columns == Cells{"a", "Area, ha; total"});
    CHECK(parsed("Area, ha;n, m\n1;2\n3;4\n").columns == Cells{"Area, ha", "n, m"});
    CHECK(parsed("a,b\n\"x \"\"y\"\"\",\"1,2\"\n").rows[0].cells == Cells{"x \"y\"", "1,2"});
    CHECK(parsed("a\n1\n2\n").columns == Cells{"a"});
    const TextTable lines = parsed("a,b\r\n\"x\r\ny\",1\r\n\r\nz,2");
    REQUIRE(lines.rows.size() == 2);
    CHECK(lines.rows[0].line == 2);
    CHECK(lines.rows[0].cells[0] == "x\r\ny");
    CHECK(lines.rows[1].line == 5);
    const TextTable old_mac = parsed("a,b\r1,2\r3,4\r");
    REQUIRE(old_mac.rows.size() == 2);
    CHECK(old_mac.rows[1].line == 3);
}

TEST_CASE("cells are trimmed, blank rows and empty margins left out, nothing else lost") {
    const TextTable table = parsed(
        "a , b,,\n 1 ,\xC2\xA0"
        "2,,\n,,,\n\n 3,4\n");
    CHECK(table.columns == Cells{"a", "b"});
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[0].cells == Cells{"1", "2"});
    CHECK(table.rows[1].cells == Cells{"3", "4"});
    CHECK(table.rows[1].line == 5);
    CHECK(parsed("a,b\n007,9007199254740993\n").rows[0].cells == Cells{"007", "9007199254740993"});
}

TEST_CASE("a damaged table is refused with the line where it is damaged") {
    CHECK(fate("a,b\n1,2\n1,2,3\n") == "csv.ragged:3:");
    CHECK(fate("a,b\n1,2\n1\n") == "csv.ragged:3:");
    CHECK(fate("a,b\n1,2\n\"1,2\n3,4\n") == "csv.open_quote:3:");
    CHECK(fate("a,b\n1,2\n\"1\"x,2\n") == "csv.after_quote:3:");
    CHECK(fate("a,a\n1,2\n") == "table.column_duplicate:1:");
    CHECK(fate("\n\na,,c\n1,2,3\n") == "table.column_unnamed:3:");
    CHECK(fate("a,b\n") == "table.no_rows:0:");
    CHECK(fate("\n\n") == "table.no_rows:0:");
    CHECK(fate(std::string("a,b\n1,2\n3,\0004\n", 13)) == "text.nul:3:");
    CHECK(fate("") == "file.empty:0:");
    CHECK(fate("a,b\n" + std::string((std::size_t{16} << 20), 'x') + ",2\n") == "csv.field_too_long:2:");
    std::string wide = "c0";
    for (int i = 1; i < 200'000; ++i)
        wide += ",c" + std::to_string(i);
    CHECK(fate(wide + "\n") == "csv.too_many_columns:1:");
}

TEST_CASE("a byte order mark is no part of the first column's name") {
    geo::Diagnostics diagnostics;
    CHECK(read("\xEF\xBB\xBF"
               "id,n\nA,1\n",
               diagnostics)
              .columns == Cells{"id", "n"});
    CHECK(ids(diagnostics).empty());
}

TEST_CASE("UTF-16 and Windows-1252 are converted and reported") {
    geo::Diagnostics utf16;
    const std::string little("\xFF\xFEi\0d\0\n\0\xF1\0\n\0", 12);
    CHECK(read(little, utf16).rows[0].cells == Cells{"ñ"});
    CHECK(ids(utf16) == std::vector<std::string>{"text.utf16"});
    geo::Diagnostics big;
    CHECK(read(std::string("\xFE\xFF\0i\0d\0\n\0\xF1\0\n", 12), big).rows[0].cells == Cells{"ñ"});
    geo::Diagnostics latin;
    CHECK(read("id\nCampe\xF1"
               "a \x80\n",
               latin)
              .rows[0]
              .cells == Cells{"Campeña €"});
    CHECK(ids(latin) == std::vector<std::string>{"text.encoding_guessed"});
    CHECK(latin.count(geo::Severity::warning) == 1);
    geo::io::SourceOptions named;
    named.encoding = "ISO-8859-1";
    geo::Diagnostics quiet;
    CHECK(read("id\nCampe\xF1"
               "a\n",
               quiet, named)
              .rows[0]
              .cells == Cells{"Campeña"});
    CHECK(ids(quiet).empty());
    named.encoding = "KLINGON-8";
    CHECK(fate("id\n1\n", named) == "text.encoding_unknown:0:");
    named.encoding = "UTF-8";
    CHECK(fate("id\n\xF1\n", named) == "text.encoding_wrong:0:");
}

TEST_CASE("UTF-8 is told from bytes that only look like it") {
    CHECK(geo::io::is_utf8("maíz, año, €, 😀"));
    for (const char* bad :
         {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "a\xE1", "\x80"}) {
        CHECK_FALSE(geo::io::is_utf8(bad));
    }
}

TEST_CASE("the decimal mark is found, and refused where it could be either") {
    const auto mark = [](std::string_view text) {
        TextTable table = parsed(text);
        geo::Diagnostics diagnostics;
        geo::io::settle_decimal_mark(table, diagnostics);
        CHECK(ids(diagnostics).empty());
        return table.decimal_mark;
    };
    CHECK(mark("a;b\n1,5;x\n2;y\n") == geo::DecimalMark::comma);
    CHECK(mark("a;b\n0,250;x\n") == geo::DecimalMark::comma);
    CHECK(mark("a;b\n1234,567;x\n") == geo::DecimalMark::comma);
    CHECK(mark("a;b\n1,234;x\n1,5;y\n") == geo::DecimalMark::comma);
    CHECK(mark("a,b\n1.5,x\n") == geo::DecimalMark::point);
    CHECK(mark("a,b\n1.234,x\n") == geo::DecimalMark::point);
    CHECK(mark("a,b\n12,x\n") == geo::DecimalMark::point);
    CHECK(mark("a;b\ncalle 1,5;x\n1,5;y\n") == geo::DecimalMark::point);  // column a is text
    CHECK(fate("a;b\n12;x\n1,234;y\n") == "number.ambiguous:3:a");
    CHECK(fate("a;b\n1,5;2\n3;1.234\n") == "number.ambiguous:3:b");
    CHECK(fate("a;b\n1,5;2\n3.25;1\n") == "number.two_marks:3:a");
    CHECK(fate("a,b\n\"1,234,567\",x\n") == "number.thousands:2:a");
    CHECK(fate("a;b\n1.234,5;x\n") == "number.thousands:2:a");
    CHECK(fate("a,b\n\"1,234\",2.5\n") == "number.thousands:2:a");
}

TEST_CASE("a column of certain decimal commas in a table of points is rewritten and reported") {
    geo::Diagnostics diagnostics;
    const TextTable table = read("a;b\n1,5;2.25\n0,250;1\n", diagnostics);
    CHECK(table.decimal_mark == geo::DecimalMark::point);
    CHECK(table.rows[0].cells == Cells{"1.5", "2.25"});
    CHECK(table.rows[1].cells == Cells{"0.250", "1"});
    CHECK(ids(diagnostics) == std::vector<std::string>{"number.comma_column"});
    CHECK(diagnostics.sorted()[0].locus.field == "a");
}

TEST_CASE("a declared decimal mark settles it") {
    geo::io::SourceOptions options;
    options.decimal = geo::DecimalMark::comma;
    geo::Diagnostics diagnostics;
    const TextTable table = read("a;b\n1,234;x\n", diagnostics, options);
    CHECK(geo::RowReader(table, table.rows[0]).number(0) == 1.234);
}

TEST_CASE("rows are filtered by an SQL condition and keep their lines") {
    geo::Diagnostics diagnostics;
    geo::io::SourceOptions options;
    options.where = "crop = 'coca'";
    const TextTable table = read("id,crop\n1,coca\n2,poppy\n3,coca\n", diagnostics, options);
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[1].line == 4);
    CHECK(table.rows[1].cells == Cells{"3", "coca"});
}

TEST_CASE("no byte string makes the parser crash or lose a cell of a well-formed table") {
    unsigned state = 12345;
    const auto next = [&] { return state = state * 1664525U + 1013904223U; };
    const std::string alphabet = "a1,;\t\"\n\r .\xC3\xB1";
    for (int i = 0; i < 3000; ++i) {
        std::string text;
        for (unsigned k = next() % 60; k > 0; --k)
            text += alphabet[(next() >> 16) % alphabet.size()];
        try {
            const TextTable table = parsed(text);
            for (const geo::TextRow& row : table.rows)
                CHECK(row.cells.size() == table.columns.size());
        } catch (const geo::Error&) {
        }
    }
    for (int i = 0; i < 500; ++i) {
        std::string text = "h0,h1,h2\n";
        std::vector<Cells> expected;
        for (int row = 0; row < 5; ++row) {
            Cells cells;
            for (int k = 0; k < 3; ++k) {
                std::string cell = "x";
                for (unsigned n = next() % 6; n > 0; --n)
                    cell += alphabet[(next() >> 16) % alphabet.size()];
                cell += "y";
                cells.push_back(cell);
                std::string quoted;
                for (const char c : cell)
                    quoted += c == '"' ? "\"\"" : std::string(1, c);
                text += (k > 0 ? ",\"" : "\"") + quoted + "\"";
            }
            text += "\n";
            expected.push_back(cells);
        }
        const TextTable table = parsed(text);
        REQUIRE(table.rows.size() == expected.size());
        for (std::size_t row = 0; row < expected.size(); ++row)
            CHECK(table.rows[row].cells == expected[row]);
    }
}
