#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "geo/error.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/io/workbook_writer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::StudyFixture;
using vereda::tests::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> registers{"households", "deliveries",       "programmes", "incomes",
                                         "prices",     "evidence",         "incidents",  "context",
                                         "indicators", "responsibilities", "sanctions"};

ProgramResult program(std::vector<std::string> arguments) {
    return run_program(VEREDA_PROGRAM, arguments);
}

std::string day_first(geo::Date day) {
    const std::string iso = geo::to_iso(day);
    return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

/// A cell as office staff would have it: days by turns as Excel dates and as 31/12/2017, fractions by turns as numbers
/// and as text with a comma, months as Excel makes them of what is typed.
geo::Value office_cell(const std::string& cell, const geo::TextTable& table, std::size_t turn) {
    if (cell.empty()) return {};
    if (const auto day = geo::parse_date(cell, table.date_order)) {
        if (turn % 2 == 0) return *day;
        return day_first(*day);
    }
    if (const auto month = geo::parse_month(cell, table.date_order)) {
        if (turn % 2 == 0) return geo::Date(std::chrono::sys_days(*month / 1));
        return geo::to_iso(*month);
    }
    try {
        const auto number = geo::parse_number(cell, table.decimal_mark);
        const bool code = cell.size() > 1 && cell[0] == '0' && cell[1] != '.' && cell[1] != ',';
        if (!number || code) return cell;
        const std::size_t mark = cell.find_first_of(".,");
        if (turn % 2 == 0 || mark == std::string::npos) return *number;
        const bool thousand = cell.size() - mark == 4 && mark <= 3 && cell[0] != '0';
        if (thousand) return *number;
        std::string with_comma = cell;
        with_comma[mark] = ',';
        return with_comma;
    } catch (const geo::Error&) {
        return cell;
    }
}

/// The register as a workbook: a merged title over a header, trailing rows that only look empty, and a second sheet.
void write_office_book(const std::string& csv, const std::string& xlsx, bool day_first_source) {
    geo::io::SourceOptions options;
    if (day_first_source) options.date_order = geo::DateOrder::day_month_year;
    geo::Diagnostics ignored;
    const geo::TextTable table = geo::io::read_table(csv, options, ignored);
    geo::io::Sheet sheet;
    sheet.name = "Hoja de datos";
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        sheet.columns.push_back({i == 0 ? "REGISTRO ÚNICO, SEGÚN LA COMISIÓN" : "", "", ""});
    auto& header = sheet.rows.emplace_back();
    for (const std::string& column : table.columns)
        header.push_back(column);
    std::size_t turn = 0;
    for (const geo::TextRow& row : table.rows) {
        auto& cells = sheet.rows.emplace_back();
        for (const std::string& cell : row.cells)
            cells.push_back(office_cell(cell, table, turn + cells.size()));
        ++turn;
    }
    for (int i = 0; i < 4; ++i)
        sheet.rows.emplace_back(table.columns.size(), geo::Value(std::string(i % 2 == 0 ? "  " : "\u00a0")));
    const geo::io::Sheet notes{"Léame", {{"nota", "", ""}}, {{std::string("no es el registro")}}, ""};
    geo::io::write_workbook(xlsx, {sheet, notes});
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    if (at != std::string::npos) text.replace(at, from.size(), to);
    return text;
}

/// The sample study with every register as a workbook.
void write_office_study(const TemporaryFolder& folder) {
    const fs::path valle = fs::path(VEREDA_SOURCE_DIR) / "sample_data" / "valle";
    fs::copy(valle, folder.path(), fs::copy_options::recursive);
    std::string study = bytes_of(valle / "study.toml");
    for (const std::string& name : registers) {
        const std::string csv = folder / (name + ".csv");
        if (!fs::exists(csv)) continue;
        write_office_book(csv, folder / (name + ".xlsx"), name == "deliveries");
        fs::remove(csv);
        const std::string book = "{ source = \"" + name + ".xlsx\", date_order = \"dmy\", decimal = \",\"";
        study = replaced(study, "\n" + name + " = \"" + name + ".csv\"", "\n" + name + " = " + book + " }");
        study = replaced(study, "{ source = \"" + name + ".csv\", decimal = \",\", date_order = \"dmy\"", book);
        study = replaced(study, "{ source = \"" + name + ".csv\"", book);
    }
    folder.write("study.toml", study);
}

}  // namespace

TEST_CASE("registers kept as workbooks by an office give the tables that the same registers give as CSV") {
    const TemporaryFolder folder;
    write_office_study(folder);
    CHECK_THAT(bytes_of(folder / "study.toml"), !ContainsSubstring("incomes.csv"));
    const std::string valle = std::string(VEREDA_SOURCE_DIR) + "/sample_data/valle/study.toml";
    for (const std::string command : {"coverage", "readiness", "audit", "cato"}) {
        INFO(command);
        const std::string of_csv = folder / (command + "_csv.csv");
        const std::string of_books = folder / (command + "_xlsx.csv");
        const ProgramResult first = program({command, valle, "-o", of_csv, "--quiet"});
        const ProgramResult second = program({command, folder / "study.toml", "-o", of_books, "--quiet"});
        INFO(second.err);
        REQUIRE(second.exit_code == first.exit_code);
        REQUIRE(fs::file_size(of_csv) > 100);
        std::istringstream ours(bytes_of(of_books));
        std::istringstream theirs(bytes_of(of_csv));
        std::string line;
        std::string expected;
        long differing = 0;
        while (std::getline(theirs, expected)) {
            std::getline(ours, line);
            if (line == expected) continue;
            UNSCOPED_INFO(line << "\n  where the CSV gives\n" << expected);
            if (++differing == 3) break;
        }
        CHECK(differing == 0);
    }
}

TEST_CASE("a header under merged cells is read from its two rows, and told") {
    const TemporaryFolder folder;
    // A1:A2 and D1:D2 merged downwards, B1:C1 merged under one word
    const geo::io::Sheet sheet{
        "Familias",
        {{"household_id", "", ""}, {"Datos de la familia", "", ""}, {"", "", ""}, {"sex", "", ""}},
        {{{}, std::string("region_id"), std::string("name"), {}},
         {std::string("H1"), std::string("R1"), std::string("Ñusta Pérez"), std::string("mujer")}},
        ""};
    geo::io::write_workbook(folder / "book.xlsx", {sheet});
    geo::Diagnostics diagnostics;
    const geo::TextTable table = geo::io::read_table(folder / "book.xlsx", {}, diagnostics);
    CHECK(table.columns == std::vector<std::string>{"household_id", "region_id", "name", "sex"});
    REQUIRE(table.rows.size() == 1);
    CHECK(table.rows[0].cells == std::vector<std::string>{"H1", "R1", "Ñusta Pérez", "mujer"});
    REQUIRE(diagnostics.sorted().size() == 1);
    CHECK(diagnostics.sorted()[0].message.id.text() == "sheet.header_in_two_rows");
}

TEST_CASE("a column without a name over data is refused, not joined with the first row") {
    const TemporaryFolder folder;
    const geo::io::Sheet sheet{"Familias",
                               {{"household_id", "", ""}, {"", "", ""}},
                               {{std::string("H1"), std::string("2017-01-01")}, {std::string("H2"), {}}},
                               ""};
    geo::io::write_workbook(folder / "book.xlsx", {sheet});
    geo::Diagnostics diagnostics;
    try {
        (void)geo::io::read_table(folder / "book.xlsx", {}, diagnostics);
        FAIL("no error");
    } catch (const geo::Error& error) {
        CHECK(error.message().id.text() == "table.column_unnamed");
    }
}

TEST_CASE("text with a comma that could be thousands is refused in a workbook, until the study says what it is") {
    const TemporaryFolder folder;
    const geo::io::Sheet sheet{"Ingresos",
                               {{"household_id", "", ""}, {"net_income", "", ""}},
                               {{std::string("H1"), std::string("1,250")}, {std::string("H2"), 3.5}},
                               ""};
    geo::io::write_workbook(folder / "book.xlsx", {sheet});
    geo::Diagnostics diagnostics;
    const auto read = [&](const geo::io::SourceOptions& options) {
        return geo::io::read_table(folder / "book.xlsx", options, diagnostics);
    };
    CHECK_THROWS_AS(read({}), geo::Error);
    geo::io::SourceOptions comma;
    comma.decimal = geo::DecimalMark::comma;
    const geo::TextTable table = read(comma);
    CHECK(table.rows[0].cells[1] == "1.250");
    CHECK(table.rows[1].cells[1] == "3.5");
    CHECK(table.decimal_mark == geo::DecimalMark::point);
}

TEST_CASE("another sheet is read where the study names it, and a workbook's first one is told to be the first") {
    const StudyFixture study;
    write_office_book(study.path("households.csv"), study.path("households.xlsx"), false);
    study.replace("study.toml", "\"households.csv\"", "{ source = \"households.xlsx\", date_order = \"dmy\" }");
    const ProgramResult first = program({"check", study.study(), "--lang", "es"});
    INFO(first.err << first.out);
    CHECK(first.exit_code == 0);
    study.replace("study.toml", "\"households.xlsx\"", "\"households.xlsx\", layer = \"Léame\"");
    const ProgramResult other = program({"coverage", study.study(), "-o", study.path("c.csv"), "--lang", "es"});
    CHECK(other.exit_code == 3);
    CHECK_THAT(other.err, ContainsSubstring("households.xlsx [Léame"));
    CHECK_THAT(other.err, ContainsSubstring("household_id"));
}

TEST_CASE("an unreadable day says what helps: the order of days, four digits, or the cell's format") {
    const auto said = [&](const std::string& text, bool day_first_declared) {
        const StudyFixture fresh;
        fresh.replace("deliveries.csv", "2016-02-01", text);
        if (day_first_declared)
            fresh.replace("study.toml", "\"deliveries.csv\"", "{ source = \"deliveries.csv\", date_order = \"dmy\" }");
        const ProgramResult result = program({"coverage", fresh.study(), "-o", fresh.path("c.csv"), "--lang", "es"});
        CHECK(result.exit_code == 3);
        CHECK_THAT(result.err, ContainsSubstring("«" + text + "»"));
        return result.err;
    };
    CHECK_THAT(said("31/01/2016", false), ContainsSubstring("date_order = \"dmy\""));
    CHECK_THAT(said("31/13/2016", true), !ContainsSubstring("date_order") && ContainsSubstring("31/03/2017"));
    CHECK_THAT(said("31/01/16", true), ContainsSubstring("cuatro cifras"));
    CHECK_THAT(said("ayer", false), !ContainsSubstring("date_order"));
    CHECK_THAT(said("42401", true), ContainsSubstring("hoja de cálculo"));
}
