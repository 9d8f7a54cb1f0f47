#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "regions/crop_panel.hpp"
#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::regions;
using namespace vereda::tests;

namespace {

geo::TextTable table_of(std::vector<std::vector<std::string>> rows,
                        std::vector<std::string> columns = {"cell_id", "x", "y", "region_id", "year", "crop_ha"}) {
    geo::TextTable table;
    table.locus.file = "panel.csv";
    table.columns = std::move(columns);
    long line = 2;
    for (auto& cells : rows)
        table.rows.push_back({line++, std::move(cells)});
    return table;
}

std::string refused(const geo::TextTable& table) {
    geo::Diagnostics diagnostics;
    try {
        static_cast<void>(panel_from_table(table, Crop::coca, diagnostics));
    } catch (const geo::Error& error) {
        return std::string(error.message().id.text());
    }
    return "";
}

}  // namespace

TEST_CASE("a panel keeps not observed apart from zero") {
    geo::Diagnostics diagnostics;
    const CropPanel panel = panel_from_table(table_of({{"b", "1000", "0", "r", "2010", "0"},
                                                       {"a", "0", "0", "r", "2011", ""},
                                                       {"a", "0", "0", "r", "2010", "2.5"}}),
                                             Crop::coca, diagnostics);
    REQUIRE(panel.units.size() == 2);
    CHECK(panel.units[0].id == "a");
    CHECK(panel.years == std::vector<int>{2010, 2011});
    CHECK(panel.crop_ha[0][0] == 2.5);
    CHECK_FALSE(panel.crop_ha[0][1]);  // an empty cell
    CHECK(panel.crop_ha[1][0] == 0);
    CHECK_FALSE(panel.crop_ha[1][1]);  // no row
    CHECK(diagnostics.count(geo::Severity::note) == 1);
}

TEST_CASE("marks and numeric columns of a panel are read, rows of the other crop left out") {
    geo::Diagnostics diagnostics;
    const CropPanel panel =
        panel_from_table(table_of({{"a", "0", "0", "r", "2010", "1", "coca", "5", "30", "1", "0", "dry"},
                                   {"a", "0", "0", "r", "2010", "7", "poppy", "9", "30", "1", "0", "dry"},
                                   {"a", "0", "0", "r", "2011", "2", "coca", "6", "30", "1", "0", "wet"}},
                                  {"cell_id", "x", "y", "region_id", "year", "crop_ha", "crop", "price", "access_min",
                                   "indigenous", "abroad", "remark"}),
                         Crop::coca, diagnostics);
    CHECK(panel.crop_ha[0][0] == 1);
    CHECK(panel.units[0].indigenous);
    CHECK_FALSE(panel.units[0].abroad);
    REQUIRE(panel.covariates.size() == 2);
    CHECK(panel.find_covariate("access_min")->constant);
    CHECK_FALSE(panel.find_covariate("price")->constant);
    CHECK_FALSE(panel.find_covariate("remark"));
}

TEST_CASE("a panel that contradicts itself is refused") {
    CHECK(refused(table_of({{"a", "0", "0", "r", "2010", "1"}, {"a", "5", "0", "r", "2011", "1"}})) ==
          "panel.unit_moved");
    CHECK(refused(table_of({{"a", "0", "0", "r", "2010", "1"}, {"a", "0", "0", "q", "2011", "1"}})) ==
          "panel.unit_moved");
    CHECK(refused(table_of({{"a", "0", "0", "r", "2010", "1"}, {"a", "0", "0", "r", "2010", "1"}})) ==
          "panel.row_duplicate");
    CHECK(refused(table_of({{"a", "0", "0", "r", "2010", "-1"}})) == "panel.area_negative");
    CHECK(refused(table_of({{"a", "", "0", "r", "2010", "1"}})) == "panel.place_missing");
    CHECK(refused(table_of({{"", "0", "0", "r", "2010", "1"}})) == "panel.id_missing");
    CHECK(refused(table_of({{"a", "0", "0", "r", "", "1"}})) == "panel.year_missing");
    CHECK(refused(table_of({{"a", "0", "0", "r", "2010"}}, {"cell_id", "x", "y", "region_id", "year"})) ==
          "panel.column_missing");
    CHECK(refused(table_of({})) == "panel.empty");
}

TEST_CASE("plots cut by cells keep their whole area, and unseen cells stay unknown") {
    geo::Diagnostics diagnostics;
    // A 4 km square region of sixteen 1 km cells; a plot of 20 ha across four of them.
    const RegionSet set({region("r", rectangle(0, 0, 4000, 4000))}, metres_crs(), {}, diagnostics);
    Survey survey;
    survey.year = 2015;
    survey.plots.push_back(plot("p", rectangle(750, 800, 1250, 1200)));
    survey.observed = rectangle(0, 0, 4000, 2000);
    survey = validated(survey, metres_crs(), {}, diagnostics);
    const std::vector<Survey> surveys{survey};
    const CropPanel panel = panel_from_surveys(set, surveys, {}, {geo::Metres(1000), Crop::coca}, {1});
    REQUIRE(panel.units.size() == 16);
    double sum = 0;
    int seen = 0;
    int with_crop = 0;
    for (std::size_t u = 0; u < panel.units.size(); ++u) {
        if (!panel.crop_ha[u][0]) continue;
        ++seen;
        sum += *panel.crop_ha[u][0];
        with_crop += *panel.crop_ha[u][0] > 0;
    }
    CHECK(seen == 8);
    CHECK(with_crop == 4);
    CHECK(sum == Approx(to_hectares(survey.plots[0].area).value()).epsilon(1e-9));
    CHECK(sum == Approx(20).epsilon(1e-4));
}
