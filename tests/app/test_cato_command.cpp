#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/csv_rows.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::TemporaryFolder;

namespace {

using Row = vereda::tests::CsvRow;

std::vector<Row> rows_of(const std::string& path) {
    return vereda::tests::csv_rows(bytes_of(path));
}

Row row_of(const std::vector<Row>& rows, const std::string& plot) {
    for (const Row& row : rows)
        if (row.at("plot_id") == plot) return row;
    return {};
}

struct Plot {
    std::string id;
    std::string household;
    double area;
    double x;
    int year = 2020;
    std::string measured_by = "corners";
};

/// A register of plots in EPSG:32719 with families of two unions.
class CatoCase {
  public:
    CatoCase() {
        households(
            "h1,Sindicato Uno,2003-05-01\nh2,Sindicato Uno,2003-05-01\nh3,Sindicato Dos,2012-01-01\n"
            "h4,Sindicato Dos,2003-05-01\n");
        plots({{"p1", "h1", 1600, 0}, {"p2", "h2", 2400, 500}, {"p3", "h3", 1200, 1000}, {"p4", "h4", 1720, 1500}});
    }
    void households(const std::string& rows) const {
        folder_.write("h.csv", "household_id,union,registered_on\n" + rows);
    }
    void plots(const std::vector<Plot>& plots) const {
        std::string features;
        for (const Plot& plot : plots) {
            const double side = std::sqrt(plot.area);
            const double x = 300'000 + plot.x;
            const double y = 8'100'000;
            features += fmt::format(
                R"({}{{"type":"Feature","properties":{{"plot_id":"{}","household_id":"{}","crop":"coca","year":{},"measured_by":"{}"}},"geometry":{{"type":"Polygon","coordinates":[[[{:.3f},{:.3f}],[{:.3f},{:.3f}],[{:.3f},{:.3f}],[{:.3f},{:.3f}],[{:.3f},{:.3f}]]]}}}})",
                features.empty() ? "" : ",\n", plot.id, plot.household, plot.year, plot.measured_by, x, y, x, y + side,
                x + side, y + side, x + side, y, x, y);
        }
        folder_.write(
            "p.geojson",
            R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32719"}},"features":[)" +
                features + "]}");
    }
    [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }
    void write(const std::string& name, const std::string& text) const { folder_.write(name, text); }
    [[nodiscard]] ProgramResult run(std::vector<std::string> more, const std::string& pack = "chapare") const {
        std::vector<std::string> words{
            "cato", "--plots", path("p.geojson"), "--households", path("h.csv"), "--pack", pack, "--lang", "en"};
        words.insert(words.end(), more.begin(), more.end());
        return run_program(VEREDA_PROGRAM, words);
    }
    [[nodiscard]] std::vector<Row> table(std::vector<std::string> more, const std::string& pack = "chapare") const {
        for (const char* word : {"--position-error-m", "3", "--correlation-m", "0", "--overwrite", "-o"})
            more.emplace_back(word);
        more.push_back(path("out.csv"));
        const ProgramResult result = run(more, pack);
        INFO(result.err);
        REQUIRE(result.exit_code == 0);
        return rows_of(path("out.csv"));
    }

  private:
    TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("cato judges plots and a register alone: 1,720 is within error, 2,400 exceeds") {
    const CatoCase c;
    const auto rows = c.table({});
    REQUIRE(rows.size() == 4);
    CHECK(row_of(rows, "p1").at("verdict") == "within_error");
    CHECK(row_of(rows, "p2").at("verdict") == "exceeds");
    CHECK(row_of(rows, "p3").at("verdict") == "compliant");
    CHECK(row_of(rows, "p4").at("verdict") == "within_error");
    const Row square = row_of(rows, "p1");
    CHECK(square.at("pack") == "chapare");
    CHECK(std::stod(square.at("area_m2")) == Approx(1600).epsilon(0.002));
    CHECK(std::stod(square.at("sd_m2")) == Approx(170).epsilon(0.01));
    CHECK(std::stod(square.at("limit_m2")) == 1600);
    CHECK(square.at("findings").empty());
    CHECK(row_of(rows, "p3").at("findings") == "register");
    CHECK(row_of(rows, "p3").at("finding_details") == "after_cutoff");
    const std::string header = bytes_of(c.path("out.csv")).substr(0, 100);
    CHECK(header.starts_with("household_id,plot_id,pack,verdict,findings,area_m2,sd_m2,limit_m2,p_exceeds,reasons"));
}

TEST_CASE("two catos on one split parcel add up and are a subdivision") {
    const CatoCase c;
    c.plots({{"p1", "h1", 1600, 0}, {"p2", "h1", 1600, 40}});
    const auto rows = c.table({});
    REQUIRE(rows.size() == 2);
    for (const Row& row : rows) {
        CHECK(row.at("verdict") == "exceeds");
        CHECK_THAT(row.at("findings"), ContainsSubstring("subdivision"));
        CHECK_THAT(row.at("findings"), ContainsSubstring("per_family"));
        CHECK(std::stod(row.at("area_m2")) == Approx(3200).epsilon(0.002));
        CHECK(std::stod(row.at("plot_area_m2")) == Approx(1600).epsilon(0.002));
    }
}

TEST_CASE("where no cato was agreed no rule applies") {
    const CatoCase c;
    for (const Row& row : c.table({}, "yungas_traditional"))
        CHECK(row.at("verdict") == "no_rule");
    for (const Row& row : c.table({}, "laos_elderly"))
        CHECK(row.at("verdict") == "no_rule");
    c.plots({{"p1", "h1", 2400, 0, 2003}});
    CHECK(c.table({})[0].at("verdict") == "no_rule");  // before the agreement of October 2004
    c.plots({{"p1", "h1", 2400, 0, 2010}});
    CHECK(c.table({})[0].at("verdict") == "exceeds");
    CHECK(c.table({})[0].at("pack_version") == "1");
}

TEST_CASE("a register of past sanctions leads further up the ladder where two measurements confirmed them") {
    const CatoCase c;
    c.write("ladder.toml",
            "[pack]\nname = 'ladder'\ntitle = 'L'\njurisdiction = 'X'\nversion = '1'\nsource = 'test'\n"
            "crops = ['coca']\n[plot]\nmax_area_m2 = 1600\nunit = 'family'\n"
            "[[sanction]]\noffence = 'once'\ncount = 1\nlook_back_months = 24\nmeasure = 'warning'\n"
            "[[sanction]]\noffence = 'twice'\ncount = 2\nlook_back_months = 24\nmeasure = 'a year without'\n");
    c.write("s.csv",
            "\xEF\xBB\xBFhousehold_id;union;date;kind;pack;clause\nh2;;01/02/2020;confirmed_excess;ladder;5\n"
            "h2;;01/05/2019;confirmed_excess;;5\nh1;;01/05/2020;excess;;5\nh4;;01/05/2010;confirmed_excess;;5\n");
    const auto families = [&](std::vector<std::string> more) {
        for (const char* word : {"--position-error-m", "3", "--overwrite", "-o"})
            more.emplace_back(word);
        more.push_back(c.path("out"));
        const ProgramResult result = c.run(more, c.path("ladder.toml"));
        INFO(result.err);
        REQUIRE(result.exit_code == 0);
        std::map<std::string, Row> by_household;
        for (const Row& row : rows_of(c.path("out/tables/small_plot_families.csv")))
            by_household[row.at("household_id")] = row;
        return by_household;
    };
    CHECK(families({}).at("h2").at("ladder_step").empty());
    auto with = families({"--sanctions", c.path("s.csv"), "--dates", "dmy"});
    CHECK(with.at("h2").at("ladder_step") == "2");
    CHECK(with.at("h2").at("offences_recorded") == "2");
    CHECK(with.at("h1").at("ladder_step").empty());
    CHECK(with.at("h1").at("sanctions_not_confirmed") == "1");
    CHECK(with.at("h4").at("ladder_step").empty());
    CHECK_THAT(bytes_of(c.path("out/unions/002-Sindicato-Uno-internal.html")), ContainsSubstring("sanciones pasadas"));
    c.write("s.csv", "household_id,union,date\n,,2020-01-01\n");
    const ProgramResult nobody =
        c.run({"--sanctions", c.path("s.csv"), "--position-error-m", "3", "-o", c.path("o.csv")});
    CHECK(nobody.exit_code == 3);
    CHECK_THAT(nobody.err, ContainsSubstring("s.csv") && ContainsSubstring("line 2"));
}

TEST_CASE("imagery coarser than two metres, and errors over a fifth of the limit, settle nothing") {
    const CatoCase c;
    c.plots({{"p1", "h1", 2400, 0, 2020, "medium_resolution"}, {"p2", "h2", 2400, 500}});
    const auto rows = c.table({});
    CHECK(row_of(rows, "p1").at("verdict") == "not_testable");
    CHECK(row_of(rows, "p2").at("verdict") == "exceeds");
    const ProgramResult coarse = c.run({"--position-error-m", "8", "--overwrite", "-o", c.path("out.csv")});
    CHECK(coarse.exit_code == 0);
    CHECK(row_of(rows_of(c.path("out.csv")), "p2").at("verdict") == "not_testable");
}

TEST_CASE("json counts families by verdict, and a what-if tells who enters") {
    const CatoCase c;
    const ProgramResult result =
        c.run({"--position-error-m", "3", "--json", "--what-if", "plot.max_area_m2=2300", "-o", c.path("out")});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const auto json = nlohmann::json::parse(result.out);
    CHECK(json["counts"]["compliant"] == 1);
    CHECK(json["counts"]["within_error"] == 2);
    CHECK(json["counts"]["exceeds"] == 1);
    CHECK(json["counts"]["no_rule"] == 0);
    CHECK(json["counts"]["not_testable"] == 0);
    CHECK(json["counts"]["what_if_enter"] == 1);
    CHECK(json["counts"]["what_if_leave"] == 0);
    const auto moves = rows_of(c.path("out/tables/rule_what_if.csv"));
    REQUIRE(moves.size() == 4);
    CHECK(moves[1].at("household_id") == "h2");
    CHECK(moves[1].at("move") == "enters");
    const auto families = rows_of(c.path("out/tables/small_plot_families.csv"));
    CHECK(families.size() == 4);
    CHECK(families[0].at("union") == "Sindicato Uno");
    const auto quotas = rows_of(c.path("out/tables/small_plot_quotas.csv"));
    const auto registered =
        std::ranges::find_if(quotas, [](const Row& row) { return row.at("zone_kind") == "registered"; });
    REQUIRE(registered != quotas.end());
    CHECK(std::stod(registered->at("cap_ha")) == 7700);
}

TEST_CASE("each union gets a page about its own families alone, in both languages") {
    const CatoCase c;
    REQUIRE(c.run({"--position-error-m", "3", "-o", c.path("out")}).exit_code == 0);
    std::vector<std::string> pages;
    for (const auto& entry : std::filesystem::directory_iterator(c.path("out/unions")))
        pages.push_back(entry.path().string());
    REQUIRE(pages.size() == 2);
    std::ranges::sort(pages);
    const std::string second = bytes_of(pages[1]);
    CHECK_THAT(second, ContainsSubstring("Sindicato Uno"));
    CHECK_THAT(second, ContainsSubstring("h2"));
    CHECK_THAT(second, !ContainsSubstring(">h3<"));
    CHECK_THAT(second, ContainsSubstring("Ningún veredicto es una orden"));
    CHECK_THAT(second, ContainsSubstring("Veredicto: supera el límite"));
    CHECK_THAT(second, ContainsSubstring("Verdict: it exceeds the limit"));
}

TEST_CASE("zones on the command line: outside the agreed zone no rule applies, a park is a finding") {
    const CatoCase c;
    const auto box = [](double left, double right, const char* name) {
        return fmt::format(
            R"({{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::32719"}}}},"features":[{{"type":"Feature","properties":{{"name":"{2}"}},"geometry":{{"type":"Polygon","coordinates":[[[{0:.0f},8099000],[{0:.0f},8101000],[{1:.0f},8101000],[{1:.0f},8099000],[{0:.0f},8099000]]]}}}}]}})",
            left, right, name);
    };
    c.write("zone.geojson", box(299'000, 300'700, "Chapare"));
    c.write("park.geojson", box(300'400, 300'700, "Parque"));
    const auto rows =
        c.table({"--zones", "registered=" + c.path("zone.geojson"), "--zones", "park=" + c.path("park.geojson")});
    CHECK(row_of(rows, "p1").at("verdict") == "within_error");
    CHECK(row_of(rows, "p2").at("findings") == "zone");
    CHECK(row_of(rows, "p3").at("verdict") == "no_rule");
    CHECK(c.run({"--zones", "moon=" + c.path("zone.geojson"), "-o", c.path("o.csv")}).exit_code == 2);
}

TEST_CASE("cato refuses wrong usage and bad input, and leaves what was there") {
    const CatoCase c;
    c.write("out.csv", "mine");
    CHECK(c.run({"-o", c.path("out.csv")}).exit_code == 2);  // no --overwrite
    CHECK(run_program(VEREDA_PROGRAM, {"cato", "-o", c.path("x.csv")}).exit_code == 2);
    CHECK(run_program(VEREDA_PROGRAM, {"cato", "--plots", c.path("p.geojson"), "-o", c.path("x.csv")}).exit_code == 2);
    const ProgramResult pack = c.run({"-o", c.path("x.csv")}, "chapara");
    CHECK(pack.exit_code == 2);
    CHECK_THAT(pack.err, ContainsSubstring("chapare"));
    const ProgramResult change = c.run({"--what-if", "plot.max_area=2000", "-o", c.path("x.csv")});
    CHECK(change.exit_code == 2);
    CHECK_THAT(change.err, ContainsSubstring("max_area_m2"));
    CHECK(c.run({"--what-if", "nonsense", "-o", c.path("x.csv")}).exit_code == 2);
    CHECK(c.run({"--as-of", "yesterday", "-o", c.path("x.csv")}).exit_code == 2);
    c.households("h1,Sindicato Uno,2003-05-32\n");
    const ProgramResult date = c.run({"--overwrite", "-o", c.path("out.csv")});
    CHECK(date.exit_code == 3);
    CHECK_THAT(date.err, ContainsSubstring("h.csv"));
    CHECK_THAT(date.err, ContainsSubstring("registered_on"));
    CHECK(bytes_of(c.path("out.csv")) == "mine");
    c.households("h1,Sindicato Uno,2003-05-01\n");
    c.plots({{"p1", "h1", 1600, 0, 2020, "guess"}});
    const ProgramResult method = c.run({"--overwrite", "-o", c.path("out.csv")});
    CHECK(method.exit_code == 3);
    CHECK_THAT(method.err, ContainsSubstring("measured_by"));
    CHECK(bytes_of(c.path("out.csv")) == "mine");
}

TEST_CASE("the same plots give the same bytes whatever their order") {
    const CatoCase c;
    static_cast<void>(c.table({}));
    const std::string first = bytes_of(c.path("out.csv"));
    c.plots({{"p4", "h4", 1720, 1500}, {"p2", "h2", 2400, 500}, {"p1", "h1", 1600, 0}, {"p3", "h3", 1200, 1000}});
    static_cast<void>(c.table({"--jobs", "1"}));
    CHECK(bytes_of(c.path("out.csv")) == first);
}

TEST_CASE("a register with homes in metres is read in the plots' coordinates, and in those that are named") {
    const CatoCase c;
    c.write("h.csv",
            "household_id,union,registered_on,x,y\nh1,Sindicato Uno,2003-05-01,300000,8100000\n"
            "h2,Sindicato Uno,2003-05-01,300500,8100000\n");
    CHECK(row_of(c.table({}), "p2").at("verdict") == "exceeds");
    CHECK(row_of(c.table({"--households-crs", "EPSG:32719"}), "p2").at("verdict") == "exceeds");
    const ProgramResult wrong = c.run({"--households-crs", "EPSG:4326", "-o", c.path("x.csv")});
    CHECK(wrong.exit_code == 3);
    c.write("h.csv", "household_id,union,registered_on,x,y\nh1,Sindicato Uno,2003-05-01,-70.9,-17.1\n");
    CHECK(row_of(c.table({}), "p2").at("verdict") == "exceeds");
}

TEST_CASE("cato says its answer with an interval when it is done, and refuses endings that it does not write") {
    const CatoCase c;
    const ProgramResult told = c.run({"--position-error-m", "3", "-o", c.path("verdicts.csv")});
    REQUIRE(told.exit_code == 0);
    CHECK_THAT(told.out, ContainsSubstring("The plots of 4 families were compared with a rule"));
    CHECK_THAT(told.out, ContainsSubstring("are truly over the limit"));
    const ProgramResult refused = c.run({"--position-error-m", "3", "-o", c.path("verdicts.xls")});
    CHECK(refused.exit_code == 2);
    CHECK_THAT(refused.err, ContainsSubstring(".xlsx"));
    CHECK_FALSE(std::filesystem::exists(c.path("verdicts.xls")));
}

TEST_CASE("the sample study's books of sanctions stand beside its verdicts, each record counted as it deserves") {
    const std::string valle = std::string(VEREDA_SOURCE_DIR) + "/sample_data/valle/";
    const TemporaryFolder folder;
    const ProgramResult result =
        run_program(VEREDA_PROGRAM, {"cato", valle + "study.toml", "-o", folder / "out", "--quiet"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    std::map<std::string, long> counted;
    std::map<std::string, long> not_counted;
    for (const Row& record : rows_of(valle + "truth/sanctions.csv"))
        if (!record.at("household_id").empty())
            ++(record.at("counts") == "yes" ? counted : not_counted)[record.at("household_id")];
    CHECK(counted.size() > 5);
    CHECK(not_counted.size() > 2);
    for (const Row& family : rows_of((folder / "out") + "/tables/small_plot_families.csv")) {
        INFO(family.at("household_id"));
        CHECK(family.at("offences_recorded") == std::to_string(counted[family.at("household_id")]));
        CHECK(family.at("sanctions_not_confirmed") == std::to_string(not_counted[family.at("household_id")]));
    }
    long pages_telling = 0;
    for (const auto& page : std::filesystem::directory_iterator((folder / "out") + "/unions"))
        pages_telling += bytes_of(page.path()).find("register of past sanctions") != std::string::npos;
    CHECK(pages_telling > 5);
}
