#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/written_run.hpp"
#include "geo/io/content_hash.hpp"
#include "geo/io/feature_reader.hpp"
#include "report/table.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"

using namespace vereda;
using tests::bytes_of;
using tests::ContainsSubstring;
using tests::ProgramResult;
using tests::StudyFixture;
namespace fs = std::filesystem;

namespace {

ProgramResult program(const std::vector<std::string>& arguments) {
    return tests::run_program(VEREDA_PROGRAM, arguments);
}

void run(const StudyFixture& study, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"run", study.study(), "-o", study.path("out"), "-q", "--lang", "en"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    REQUIRE(program(arguments).exit_code == 0);
}

geo::TextTable table_at(const std::string& path) {
    geo::Diagnostics ignored;
    geo::io::SourceOptions options;
    options.decimal = geo::DecimalMark::point;
    return geo::io::read_table(path, options, ignored);
}

bool same_cell(const std::string& csv, const std::string& sheet) {
    if (csv == sheet) return true;
    const auto number = [](const std::string& text) -> std::optional<double> {
        try {
            return geo::parse_number(text, geo::DecimalMark::point);
        } catch (const geo::Error&) {
            return std::nullopt;
        }
    };
    const auto a = number(csv);
    const auto b = number(sheet);
    return a && b && std::abs(*a - *b) <= 1e-12 * std::abs(*a);
}

}  // namespace

TEST_CASE("the workbook holds every table, cell by cell what the CSV has, behind sheets that explain") {
    const StudyFixture study;
    run(study, {"--audience", "public"});
    const std::string book = study.path("out") + "/vereda-internal.xlsx";
    std::vector<std::string> sheets = geo::io::layer_names(book, false);
    REQUIRE(sheets.size() > 5);
    CHECK(sheets[0] == "readme");
    CHECK(sheets[1] == "columns");
    for (const auto& [name, hash] : app::files_in(study.path("out") + "/tables")) {
        if (!name.ends_with(".csv")) continue;
        const std::string table = name.substr(0, name.size() - 4);
        INFO(table);
        REQUIRE(std::ranges::find(sheets, table) != sheets.end());
        const geo::TextTable csv = table_at(study.path("out") + "/tables/" + name);
        const geo::TextTable sheet = table_at(book + "|" + table);
        CHECK(sheet.columns == csv.columns);
        const std::size_t head = sheet.rows.size() - csv.rows.size();
        REQUIRE(head <= 1);  // the row of units
        for (std::size_t row = 0; row < csv.rows.size(); ++row) {
            for (std::size_t cell = 0; cell < csv.columns.size(); ++cell) {
                if (!same_cell(csv.rows[row].cells[cell], sheet.rows[row + head].cells[cell]))
                    FAIL_CHECK(csv.rows[row].cells[cell] << " is " << sheet.rows[row + head].cells[cell]);
            }
        }
    }
    for (const std::string& sheet : geo::io::layer_names(study.path("out") + "/public/vereda-public.xlsx", false)) {
        INFO(sheet);
        const bool told = sheet == "readme" || sheet == "columns" ||
                          fs::exists(study.path("out") + "/public/tables/" + sheet + ".csv");
        CHECK(told);
    }
}

TEST_CASE("both data packages hold what the specification asks, cell by cell") {
    const StudyFixture study;
    run(study, {"--audience", "public"});
    const std::string check = std::string(VEREDA_SOURCE_DIR) + "/tests/app/check_datapackage.py";
    for (const std::string folder : {"/tables", "/public/tables"}) {
        const ProgramResult result = tests::run_program("/usr/bin/python3", {check, study.path("out") + folder});
        INFO(result.out << result.err);
        CHECK(result.exit_code == 0);
    }
    // The check can fail.
    study.replace("out/tables/plot_area.csv", ",coca,", ",coca,x");
    CHECK(tests::run_program("/usr/bin/python3", {check, study.path("out") + "/tables"}).exit_code == 1);
}

TEST_CASE("report makes the workbook anew from the tables, the same bytes in the same language") {
    const StudyFixture study;
    run(study);
    const std::string book = study.path("out") + "/vereda-internal.xlsx";
    const std::string before = bytes_of(book);
    fs::remove(book);
    const ProgramResult result = program({"report", study.path("out"), "--lang", "en"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(bytes_of(book) == before);
    REQUIRE(program({"report", study.path("out"), "--lang", "es", "-q"}).exit_code == 0);
    CHECK(geo::io::layer_names(book, false).front() == "léame");
}

TEST_CASE("report refuses a table that is not what the run wrote, and leaves the workbook") {
    const StudyFixture study;
    run(study);
    const std::string before = bytes_of(study.path("out") + "/vereda-internal.xlsx");
    study.replace("out/tables/plot_area.csv", "coca", "cocoa");
    const ProgramResult result = program({"report", study.path("out"), "--lang", "es"});
    CHECK(result.exit_code == 6);
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
    CHECK_THAT(result.err, ContainsSubstring("plot_area.csv"));
    CHECK(bytes_of(study.path("out") + "/vereda-internal.xlsx") == before);
}

TEST_CASE("report with the study computes everything anew, in another language, where nothing changed") {
    const StudyFixture study;
    run(study);
    const std::string area = bytes_of(study.path("out") + "/tables/plot_area.csv");
    const std::string record = bytes_of(study.path("out") + "/run.json");
    const ProgramResult result =
        program({"report", study.path("out"), "--study", study.study(), "--lang", "es", "--json"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const auto answer = nlohmann::json::parse(result.out);
    CHECK(answer["tables_same"].get<int>() > 0);
    CHECK(bytes_of(study.path("out") + "/tables/plot_area.csv") == area);
    CHECK(bytes_of(study.path("out") + "/run.json") == record);
    CHECK_THAT(bytes_of(study.path("out") + "/report-internal.html"), ContainsSubstring("<html lang=\"es\">"));
    CHECK(fs::exists(study.path("out") + "/study.toml"));

    study.replace("plots_2017.geojson", "P7", "P77");
    const ProgramResult refused = program({"report", study.path("out"), "--study", study.study(), "--lang", "en"});
    CHECK(refused.exit_code == 6);
    CHECK_THAT(refused.err, ContainsSubstring("plots_2017.geojson"));
    CHECK(bytes_of(study.path("out") + "/tables/plot_area.csv") == area);
}

TEST_CASE("a bundle holds study, outputs, versions and the hashes of the inputs, and no input") {
    const StudyFixture study;
    run(study);
    const std::string bundle = study.path("valle-internal.zip");
    REQUIRE(program({"report", study.path("out"), "--bundle", bundle, "-q"}).exit_code == 0);
    const std::string first = bytes_of(bundle);
    REQUIRE(program({"report", study.path("out"), "--bundle", bundle, "-q", "--overwrite"}).exit_code == 0);
    CHECK(bytes_of(bundle) == first);
    const ProgramResult without = program({"report", study.path("out"), "--bundle", bundle, "-q"});
    CHECK(without.exit_code == 2);
    const std::string reading =
        "import sys, zipfile, json, hashlib\n"
        "z = zipfile.ZipFile(sys.argv[1])\n"
        "assert z.testzip() is None\n"
        "names = set(z.namelist())\n"
        "m = json.loads(z.read('bundle.json'))\n"
        "assert {'README.txt', 'bundle.json', 'study.toml'} <= names, names\n"
        "assert not any(n.endswith('households.csv') and 'tables' not in n for n in names)\n"
        "assert any(i['path'] == 'households.csv' and len(i['sha256']) == 64 for i in m['inputs'])\n"
        "for o in m['outputs']:\n"
        "    assert hashlib.sha256(z.read(o['path'])).hexdigest() == o['sha256'], o\n"
        "assert m['libraries']['GDAL'] and m['vereda']\n"
        "assert 'INTERNAL' in z.read('README.txt').decode()\n";
    const ProgramResult read = tests::run_program("/usr/bin/python3", {"-c", reading, bundle});
    INFO(read.err);
    CHECK(read.exit_code == 0);
}

TEST_CASE("a public bundle holds the public edition alone and names no input") {
    const StudyFixture study;
    run(study, {"--audience", "public"});
    const std::string bundle = study.path("valle-public.zip");
    REQUIRE(program({"report", study.path("out"), "--bundle", bundle, "--audience", "public", "-q"}).exit_code == 0);
    const std::string reading =
        "import sys, zipfile, json\n"
        "z = zipfile.ZipFile(sys.argv[1])\n"
        "assert all(n in ('README.txt', 'bundle.json') or n.startswith('outputs/public/') "
        "for n in z.namelist()), z.namelist()\n"
        "m = json.loads(z.read('bundle.json'))\n"
        "assert all('path' not in i for i in m['inputs'])\n";
    const ProgramResult read = tests::run_program("/usr/bin/python3", {"-c", reading, bundle});
    INFO(read.err);
    CHECK(read.exit_code == 0);
}

TEST_CASE("report says in one line what it cannot use") {
    const StudyFixture study;
    CHECK(program({"report"}).exit_code == 2);
    const ProgramResult result = program({"report", study.folder().path().string(), "--lang", "en"});
    CHECK(result.exit_code == 2);
    CHECK_THAT(result.err, ContainsSubstring("run.json"));
    CHECK(program({"report", study.folder().path().string(), "--bundle", study.path("b.tar")}).exit_code == 2);
    CHECK(program({"report", study.path("nowhere")}).exit_code == 2);
}
