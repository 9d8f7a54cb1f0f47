#include "regions/crosswalk.hpp"

#include <algorithm>

#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;
using regions::CrosswalkRow;

TEST_CASE("an old region goes to new ones by area or by the homes in them, and nothing is lost") {
    geo::Diagnostics diagnostics;
    const auto old_set = region_set(
        {region("O1", rectangle(0, 0, 1000, 1000)), region("O2", rectangle(1000, 0, 2000, 1000))}, diagnostics);
    const auto new_set = region_set(
        {region("N1", rectangle(0, 0, 250, 1000)), region("N2", rectangle(250, 0, 1500, 1000))}, diagnostics);
    const std::vector<geo::Point> homes{{100, 100}, {120, 500}, {150, 900}, {700, 500}};
    const auto rows = regions::crosswalk(old_set, new_set, homes, 2015, {2});
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].to_id == "N1");
    CHECK(rows[0].area_weight == Approx(0.25));
    CHECK(*rows[0].household_weight == Approx(0.75));
    CHECK(rows[0].area.value() == Approx(25).epsilon(1e-8));
    CHECK(rows[1].area_weight == Approx(0.75));
    CHECK(rows[2].from_id == "O2");
    CHECK(rows[2].to_id.empty());
    CHECK_FALSE(rows[2].household_weight);
    CHECK(rows[3].area_weight == Approx(0.5));

    const std::map<std::string, double> values{{"O1", 80}, {"O2", 10}, {"gone", 4}};
    const auto by_area = regions::carried(values, rows, regions::CrosswalkWeight::area);
    CHECK(by_area.at("N1") == Approx(20));
    CHECK(by_area.at("N2") == Approx(65));
    CHECK(by_area.at("") == Approx(9));
    const auto by_homes = regions::carried(values, rows, regions::CrosswalkWeight::households);
    CHECK(by_homes.at("N1") == Approx(60));
    CHECK(by_homes.at("N2") == Approx(25));
}

TEST_CASE("borders drawn twice are no overlap") {
    geo::Diagnostics diagnostics;
    const auto old_set = region_set({region("O", rectangle(0, 0, 1000, 1000))}, diagnostics);
    const auto new_set = region_set(
        {region("N", rectangle(0, 0, 1000, 1000)), region("X", rectangle(999.9999, 0, 2000, 1000))}, diagnostics);
    const auto rows = regions::crosswalk(old_set, new_set, {}, 2015, {2});
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].to_id == "N");
    CHECK(rows[0].area_weight == 1);
}
