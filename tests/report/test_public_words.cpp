#include "report/public_words.hpp"

#include <sstream>

#include "report/page.hpp"
#include "report/plot_tables.hpp"
#include "report/table_declarations.hpp"
#include "tests/report/sample_results.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using tests::ContainsSubstring;

namespace {

std::vector<geo::Value> area_row(const std::string& region, std::int64_t year, double area, double lo, double hi) {
    const report::TableDeclaration& table = report::plot_area_table;
    std::vector<geo::Value> row(table.columns.size());
    row[table.position("region_id")] = region;
    row[table.position("year")] = year;
    row[table.position("crop")] = std::string("coca");
    row[table.position("area_ha")] = area;
    row[table.position("area_lo_ha")] = lo;
    row[table.position("area_hi_ha")] = hi;
    return row;
}

}  // namespace

TEST_CASE("public answers sum the published rows of the last year and say for how many regions") {
    report::PublicEdition edition;
    edition.regions.resize(5);
    edition.tables.push_back(
        {&report::plot_area_table,
         {area_row("A", 2019, 80, 70, 90), area_row("A", 2020, 10, 9, 11), area_row("B", 2020, 5, 4, 6)}});
    const auto answers = report::public_answers(edition, tests::sample_catalogue("en"));
    REQUIRE(answers.size() == 2);
    for (const char* part : {"In 2020, 15.0", "(13.0–17.0)", "coca", "can be published: 2 of 5."})
        CHECK_THAT(answers[0], ContainsSubstring(part));
    CHECK_THAT(answers[1], ContainsSubstring("no indicator of welfare"));
}

TEST_CASE("the public page opens with answers and has words where its tables have codes") {
    const auto languages = tests::sample_catalogues();
    const auto edition = report::public_edition(tests::sample_results(), languages.front());
    std::ostringstream out;
    report::write_public_page(out, edition, languages, "es");
    const std::string page = out.str();
    const std::string spanish = page.substr(page.find("class=\"page page-es\""));
    CHECK(spanish.find("class=\"answer\"") < spanish.find("<table"));
    for (const char* code : {">NOT_READY<", ">INSUFFICIENT_DATA<", ">lower_is_better<", ">poppy<", ">non_grower<"}) {
        INFO(code);
        CHECK(spanish.find(code) == std::string::npos);
    }
    CHECK_THAT(spanish, ContainsSubstring("vereda-public.xlsx"));
}
