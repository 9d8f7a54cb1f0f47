/// The reliability matrix, identity, containers, registers, study file and names: rows 78, 80, 84, 86-88, 90, 94,
/// 99-102, 107, 112.
#include <fmt/format.h>
#include <sys/stat.h>

#include "geo/io/feature_writer.hpp"
#include "tests/app/hostile_run.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;

namespace {

/// The households of the fixture with one line put in or the whole text made anew.
void households(const StudyFixture& fixture, const std::string& text) {
    fixture.write("households.csv", text);
}

std::string utf16(const std::string& ascii, bool big_endian) {
    std::string bytes = big_endian ? "\xFE\xFF" : "\xFF\xFE";
    for (const char c : ascii) {
        if (big_endian) bytes += '\0';
        bytes += c;
        if (!big_endian) bytes += '\0';
    }
    return bytes;
}

/// Delivered households of all regions, as a proof that the register was read alike.
std::string coverage_of(const Finished& finished) {
    return finished.text("tables/coverage.csv");
}

std::string coverage_before() {
    static const std::string text = [] {
        const StudyFixture fixture;
        Finished finished;
        run_study(fixture, finished);
        return coverage_of(finished);
    }();
    return text;
}

bool names_outside(const std::filesystem::path& folder, const std::string& name) {
    for (const auto& [path, bytes] : contents_of(folder))
        if (path.find(name) != std::string::npos) return true;
    return false;
}

}  // namespace

TEST_CASE("rows 78, 80: duplicate and missing ids of regions and plots are refused with the id") {
    {
        const StudyFixture fixture;
        fixture.replace("regions.geojson", R"("code":"R2")", R"("code":"R1")");
        check_study_refused(fixture, {{3}, {"regions.geojson", "R1"}});
    }
    {
        const StudyFixture fixture;
        fixture.replace("plots_2017.geojson", R"("plot_id":"P2")", R"("plot_id":"P6")");
        check_study_refused(fixture, {{3}, {"plots_2017.geojson", "P6"}});
    }
    {
        const StudyFixture fixture;
        fixture.replace("regions.geojson", R"("code":"R2")", R"("code":null)");
        check_study_refused(fixture, {{3}, {"regions.geojson", "id"}});
    }
    {
        const StudyFixture fixture;
        fixture.replace("plots_2016.geojson", R"("plot_id":"P2")", R"("plot_id":"")");
        check_study_refused(fixture, {{3}, {"plots_2016.geojson", "id"}});
    }
    {
        const StudyFixture fixture;
        fixture.replace("study.toml", "id = \"code\"", "id = \"codigo\"");
        check_study_refused(fixture, {{2, 3}, {"codigo"}});
    }
}

TEST_CASE("row 84: Latin-1 text is read as such, with a warning that names the file") {
    const StudyFixture fixture;
    fixture.replace("programmes.csv", "Agencia,Plan", "Agencia,Plan Nari\xF1o");
    Finished finished;
    run_study(fixture, finished);
    CHECK(diagnostics_with(finished, {"programmes.csv"}) >= 1);
    CHECK(coverage_of(finished) == coverage_before());
    CHECK(names_outside(finished.folder.path(), "out"));
    CHECK(finished.text("report-internal.html").find("Nari\xF1o") == std::string::npos);
}

TEST_CASE("rows 86, 87: names that are HTML or formulas are shown, not obeyed") {
    const StudyFixture fixture;
    fixture.replace("regions.geojson", "Vereda 1", "<script>alert(1)</script><img src=x onerror=alert(1)>");
    fixture.replace("regions.geojson", "Vereda 2", "=HYPERLINK(\\\"http://x\\\")");
    fixture.replace("regions.geojson", "Vereda 3", "@SUM(1+1)");
    Finished finished;
    run_study(fixture, finished);
    for (const auto& [path, bytes] : contents_of(finished.out())) {
        INFO(path);
        if (path.ends_with(".html")) {
            CHECK(bytes.find("<script>alert(1)") == std::string::npos);
            CHECK(bytes.find("<img src=x") == std::string::npos);
        }
        if (!path.ends_with(".csv")) continue;
        for (const Row& row : csv_rows(bytes))
            for (const auto& [column, cell] : row) {
                const bool formula = !cell.empty() && (cell[0] == '=' || cell[0] == '@');
                CHECK_FALSE(formula);
            }
    }
    CHECK_THAT(finished.text("tables/plot_area.csv"), ContainsSubstring("HYPERLINK"));
}

TEST_CASE("row 88: an id that looks like a path stays inside the output") {
    const StudyFixture fixture;
    fixture.replace("regions.geojson", R"("code":"R1")", R"("code":"../../vereda-escaped")");
    fixture.write("households.csv", "household_id,region_id,group\nH1,../../vereda-escaped,grower\n");
    Finished finished;
    run_study(fixture, finished);
    CHECK_FALSE(std::filesystem::exists(finished.folder.path() / "vereda-escaped"));
    CHECK_FALSE(std::filesystem::exists(finished.folder.path().parent_path() / "vereda-escaped"));
    CHECK_FALSE(names_outside(finished.folder.path(), "vereda-escaped"));
    CHECK_THAT(finished.text("tables/plot_area.csv"), ContainsSubstring("../../vereda-escaped"));
}

TEST_CASE("rows 90, 94: containers that are not what they say, or lack parts, are refused by name") {
    {
        const StudyFixture fixture;
        fixture.write("regions.gpkg", "not a GeoPackage");
        fixture.replace("study.toml", "source = \"regions.geojson\"", "source = \"regions.gpkg\"");
        check_study_refused(fixture, {{3}, {"regions.gpkg"}});
    }
    {
        const StudyFixture fixture;
        fixture.write("regions.gpkg", "SQLite format 3" + std::string(1, '\0') + std::string(84, '\x7f'));
        fixture.replace("study.toml", "source = \"regions.geojson\"", "source = \"regions.gpkg\"");
        check_study_refused(fixture, {{3}, {"regions.gpkg"}});
    }
    for (const char* part : {"plots.dbf", "plots.shx"}) {
        INFO("without " << part);
        const StudyFixture fixture;
        geo::io::LayerToWrite layer{.name = "plots",
                                    .description = "",
                                    .schema = {{{"plot_id", geo::FieldType::text}}},
                                    .crs = geo::Crs::wgs84(),
                                    .geometry_type = "MultiPolygon",
                                    .features = {},
                                    .texts = {},
                                    .qml = ""};
        geo::MultiPolygon shape(1);
        shape[0].outer = {{-72.999, 4.021}, {-72.999, 4.022}, {-72.998, 4.022}, {-72.999, 4.021}};
        layer.features.push_back({1, shape, {std::string("S1")}});
        geo::io::write_layers(fixture.path("plots.shp"), {layer});
        REQUIRE(std::filesystem::remove(fixture.path(part)));
        fixture.replace("study.toml", "plots = \"plots_2016.geojson\"", "plots = \"plots.shp\"");
        check_study_refused(fixture, {{3}, {"plots.shp"}});
    }
}

TEST_CASE("row 99: a byte-order mark and UTF-16 change nothing") {
    const StudyFixture plain;
    const std::string text = bytes_of(plain.path("households.csv"));
    for (const std::string& bytes : {"\xEF\xBB\xBF" + text, utf16(text, false), utf16(text, true)}) {
        const StudyFixture fixture;
        households(fixture, bytes);
        Finished finished;
        run_study(fixture, finished);
        CHECK(coverage_of(finished) == coverage_before());
    }
}

TEST_CASE("row 100: a decimal comma is read as one, thousands are refused with their line") {
    const auto with_incomes = [](const StudyFixture& fixture, const std::string& text) {
        fixture.write("incomes.csv", text);
        fixture.replace("study.toml", "programmes = \"programmes.csv\"",
                        "programmes = \"programmes.csv\"\nincomes = \"incomes.csv\"");
    };
    const std::string header = "household_id;month;source;net_income;currency\n";
    {
        const StudyFixture fixture;
        with_incomes(fixture, header + "H1;2016-01;licit;1.234,50;COP\n");
        check_study_refused(fixture, {{3}, {"incomes.csv", "2"}});
    }
    {
        const StudyFixture fixture;
        with_incomes(fixture, "household_id,month,source,net_income,currency\nH1,2016-01,licit,\"1,234.5\",COP\n");
        check_study_refused(fixture, {{3}, {"incomes.csv", "2"}});
    }
    {
        // The same plots of 1.5 and of "1,5" metres of position error have the same interval, and never that of 1.
        const auto interval = [](const std::string& table) {
            const StudyFixture fixture;
            fixture.write("plots.csv", table);
            fixture.replace("study.toml", "plots = \"plots_2016.geojson\"\nposition_error_m = 3",
                            "plots = \"plots.csv\"\ncrs = \"EPSG:4326\"");
            Finished finished;
            run_study(fixture, finished);
            for (const Row& row : csv_rows(finished.text("tables/plot_area.csv")))
                if (row.at("region_id") == "R1" && row.at("year") == "2016") return row.at("area_hi_ha");
            return std::string();
        };
        const std::string outline = "\"POLYGON((-72.999 4.021,-72.999 4.022,-72.998 4.022,-72.999 4.021))\"";
        const std::string comma = interval("plot_id;year;position_error_m;wkt\nC1;2016;1,5;" + outline + "\n");
        const std::string point = interval("plot_id,year,position_error_m,wkt\nC1,2016,1.5," + outline + "\n");
        const std::string one = interval("plot_id,year,position_error_m,wkt\nC1,2016,1," + outline + "\n");
        CHECK_FALSE(comma.empty());
        CHECK(comma == point);
        CHECK(comma != one);
    }
}

TEST_CASE("rows 101, 102: malformed registers are refused with their line") {
    const std::string header = "household_id,region_id,group\n";
    std::string wide = "household_id,region_id";
    for (int i = 0; i < 200'000; ++i)
        wide += fmt::format(",c{}", i);
    const std::vector<std::tuple<std::string, std::string, std::vector<std::string>>> cases = {
        {"101 ragged row", header + "H1,R1,grower\nH2,R1\n", {"households.csv", "3"}},
        {"101 a cell too many", header + "H1,R1,grower,x\n", {"households.csv", "2"}},
        {"101 open quote", header + "H1,R1,\"grower\nH2,R1,picker\n", {"households.csv"}},
        {"101 duplicate column", "household_id,region_id,region_id\nH1,R1,R1\n", {"households.csv", "region_id"}},
        {"101 missing column", "household_id,group\nH1,grower\n", {"households.csv", "region_id"}},
        {"102 NUL", header + std::string("H1\0x,R1,grower\n", 15), {"households.csv"}},
        {"102 a field of 16 MiB", header + "H1,R1," + std::string(16 << 20, 'x') + "\n", {"households.csv"}},
        {"102 200,000 columns", wide + "\n", {"households.csv"}},
        {"102 header only", header, {"households.csv"}}};
    for (const auto& [row, text, mentions] : cases) {
        INFO("row " << row);
        const StudyFixture fixture;
        households(fixture, text);
        check_study_refused(fixture, {{3}, mentions});
    }
}

TEST_CASE("row 107: a study file that is no TOML, or says a thing twice, is refused with its line") {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"years = [2016, 2017]", "years = [2016, 2017"},
        {"years = [2016, 2017]", "years = [2016]\nyears = [2017]"},
        {"[rasters]", "[regions]"},
        {"name = \"Fixture\"", "name = \"Fixture"}};
    for (const auto& [from, to] : cases) {
        INFO(from << " becomes " << to);
        const StudyFixture fixture;
        fixture.replace("study.toml", from, to);
        check_study_refused(fixture, {{2, 3}, {"study.toml", "line"}});
    }
    const StudyFixture fixture;
    fixture.replace("study.toml", "parent =", "parnet =");
    fixture.replace("study.toml", "crops =", "crosp =");
    const ProgramResult checked = run_program(VEREDA_PROGRAM, {"check", fixture.study()});
    for (const char* word : {"parnet", "did you mean parent", "crosp", "did you mean crops"})
        CHECK_THAT(checked.out, ContainsSubstring(word));
    CHECK(checked.exit_code == 1);
    fixture.replace("study.toml", "crosp =", "crops =");
    check_study_refused(fixture, {{2}, {"study.toml", "parnet", "parent"}});
}

TEST_CASE("row 112: folders, FIFOs, devices and looping links are refused at once") {
    {
        const StudyFixture fixture;
        std::filesystem::remove(fixture.path("households.csv"));
        std::filesystem::create_directory(fixture.path("households.csv"));
        check_study_refused(fixture, {{3, 4}, {"households"}});
    }
    {
        const StudyFixture fixture;
        std::filesystem::remove(fixture.path("households.csv"));
        REQUIRE(mkfifo(fixture.path("households.csv").c_str(), 0600) == 0);
        check_study_refused(fixture, {{3, 4}, {"households"}});
    }
    {
        const StudyFixture fixture;
        std::filesystem::remove(fixture.path("households.csv"));
        std::filesystem::create_symlink("households.csv", fixture.path("households.csv"));
        check_study_refused(fixture, {{3, 4}, {"households"}});
    }
    for (const char* raster : {"/dev/zero", "."}) {
        const StudyFixture fixture;
        fixture.replace("study.toml", "forest_loss_year = \"lossyear.asc\"",
                        fmt::format("forest_loss_year = \"{}\"", raster));
        check_study_refused(fixture, {{3, 4}, {}});
    }
}
