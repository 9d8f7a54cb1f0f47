#include "livelihoods/small_plots.hpp"

#include "geo/error.hpp"
#include "tests/livelihoods/plots.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

Household family(std::string id, geo::Date registered_on) {
    Household household;
    household.id = std::move(id);
    household.region_id = "R";
    household.registered_on = registered_on;
    household.registration_id = "N-" + household.id;
    household.land_title = LandTitle::titled;
    return household;
}

struct Case {
    std::vector<RegisteredPlot> plots;
    std::vector<Household> households{family("h1", day(2003, 1, 1)), family("h2", day(2003, 1, 1))};
    std::vector<regions::Zone> zones;
    RulePack pack = cato();
    geo::Date as_of = day(2020, 6, 1);
    geo::Diagnostics diagnostics;

    std::vector<SmallPlotRow> rows() {
        const std::vector<RulePack> packs{pack};
        return small_plots({plots, households, zones, packs, as_of}, diagnostics).rows;
    }
};

bool found(const SmallPlotRow& row, std::string_view kind) {
    return std::ranges::any_of(row.findings,
                               [&](const Finding& finding) { return finding.kind == kind || finding.detail == kind; });
}

regions::Zone zone(regions::ZoneKind kind, std::string name, geo::MultiPolygon geometry,
                   std::string exception_of = "") {
    regions::Zone result;
    result.kind = kind;
    result.name = std::move(name);
    result.geometry = std::move(geometry);
    result.exception_of = std::move(exception_of);
    return result;
}

}  // namespace

TEST_CASE("a lawful registered plot has no finding") {
    Case c;
    c.pack.register_cutoff = day(2004, 12, 31);
    c.pack.require_title = true;
    c.pack.no_subdivision = true;
    c.pack.duplicates = "investigated";
    c.plots = {corner_plot("p1", "h1", 1200), corner_plot("p2", "h2", 1200, 500, 0)};
    const auto rows = c.rows();
    REQUIRE(rows.size() == 2);
    for (const SmallPlotRow& row : rows) {
        CHECK(row.findings.empty());
        CHECK(row.verdict == SmallPlotVerdict::compliant);
    }
}

TEST_CASE("each register rule finds what breaks it") {
    Case c;
    c.pack.register_cutoff = day(2004, 12, 31);
    c.pack.require_title = true;
    c.households[0].registered_on = day(2010, 1, 1);
    c.households[1].land_title = LandTitle::none;
    c.plots = {corner_plot("p1", "h1", 1200), corner_plot("p2", "h2", 1200, 500, 0),
               corner_plot("p3", "nobody", 1200, 900, 0)};
    const auto rows = c.rows();
    CHECK(found(rows[0], "after_cutoff"));
    CHECK_FALSE(found(rows[0], "title_missing"));
    CHECK(found(rows[1], "title_missing"));
    CHECK_FALSE(found(rows[1], "after_cutoff"));
    CHECK(found(rows[2], "unregistered"));
}

TEST_CASE("two catos of one family are more than agreed, and side by side perhaps one parcel divided") {
    Case c;
    c.pack.no_subdivision = true;
    c.plots = {corner_plot("p1", "h1", 1200), corner_plot("p2", "h1", 1200, 40, 0),
               corner_plot("p3", "h2", 1200, 500, 0)};
    const auto rows = c.rows();
    CHECK(found(rows[0], "more_than_per_family"));
    CHECK(found(rows[0], "possible_subdivision"));
    CHECK(found(rows[1], "possible_subdivision"));
    CHECK_FALSE(found(rows[2], "more_than_per_family"));
    CHECK_FALSE(found(rows[2], "possible_subdivision"));
    c.plots[1] = corner_plot("p2", "h1", 1200, 400, 0);
    CHECK_FALSE(found(c.rows()[0], "possible_subdivision"));
}

TEST_CASE("one plot registered for two families is a duplicate, and so is one number for two families") {
    Case c;
    c.pack.duplicates = "investigated";
    c.plots = {corner_plot("p1", "h1", 1200), corner_plot("p2", "h2", 1200, 5, 5)};
    CHECK(found(c.rows()[0], "duplicate_plot"));
    c.plots[1] = corner_plot("p2", "h2", 1200, 30, 0);  // shares 4.6 of 34.6 m
    CHECK_FALSE(found(c.rows()[0], "duplicate_plot"));
    CHECK_FALSE(found(c.rows()[0], "duplicate_registration"));
    c.households[1].registration_id = c.households[0].registration_id;
    CHECK(found(c.rows()[0], "duplicate_registration"));
}

TEST_CASE("a park is found, and Polygon 7 inside it counts as Chapare") {
    Case c;
    c.pack.zones = {{regions::ZoneKind::park, false, std::nullopt, 10}};
    c.zones = {zone(regions::ZoneKind::park, "TIPNIS", square(-500, -500, 2000))};
    c.plots = {corner_plot("p1", "h1", 1200)};
    CHECK(found(c.rows()[0], "zone"));
    c.zones.push_back(zone(regions::ZoneKind::registered, "Polygon 7", square(-100, -100, 300), "TIPNIS"));
    CHECK_FALSE(found(c.rows()[0], "zone"));
    c.zones[1].valid_from = day(2021, 1, 1);
    CHECK(found(c.rows()[0], "zone"));
}

TEST_CASE("the zone rule of the highest precedence decides") {
    Case c;
    c.pack.zones = {{regions::ZoneKind::park, false, std::nullopt, 1},
                    {regions::ZoneKind::registered, true, std::nullopt, 5}};
    c.zones = {zone(regions::ZoneKind::park, "park", square(-500, -500, 2000)),
               zone(regions::ZoneKind::registered, "zone", square(-500, -500, 2000))};
    c.plots = {corner_plot("p1", "h1", 1200)};
    CHECK_FALSE(found(c.rows()[0], "zone"));
    c.pack.zones[0].precedence = 9;
    CHECK(found(c.rows()[0], "zone"));
}

TEST_CASE("where no cato was agreed no rule applies") {
    Case c;
    c.pack.zones = {{regions::ZoneKind::registered, true, std::nullopt, 0}};
    c.zones = {zone(regions::ZoneKind::registered, "zone", square(0, 0, 1000))};
    c.plots = {corner_plot("p1", "h1", 2400, 100, 100), corner_plot("p2", "h2", 2400, 5000, 5000)};
    const auto rows = c.rows();
    CHECK(rows[0].verdict == SmallPlotVerdict::exceeds);
    CHECK(rows[1].verdict == SmallPlotVerdict::no_rule);
    CHECK_FALSE(found(rows[1], "zone"));
    // A park out there is still a park.
    c.pack.zones.push_back({regions::ZoneKind::park, false, std::nullopt, 10});
    c.zones.push_back(zone(regions::ZoneKind::park, "park", square(4500, 4500, 1000)));
    CHECK(c.rows()[1].verdict == SmallPlotVerdict::no_rule);
    CHECK(found(c.rows()[1], "zone"));
    c.pack.max_area.reset();
    CHECK(c.rows()[0].verdict == SmallPlotVerdict::no_rule);
}

TEST_CASE("a plot is judged by the rule of its day") {
    Case c;
    RulePack later = cato();
    c.pack.valid_to = day(2016, 12, 31);
    later.version = "2";
    later.valid_from = day(2017, 1, 1);
    later.max_area = geo::SquareMetres(3000);
    c.plots = {corner_plot("p1", "h1", 2400), corner_plot("p2", "h2", 2400, 500, 0)};
    c.plots[0].image_date = day(2015, 5, 5);
    const std::vector<RulePack> packs{c.pack, later};
    const auto rows = small_plots({c.plots, c.households, c.zones, packs, c.as_of}, c.diagnostics).rows;
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].verdict == SmallPlotVerdict::exceeds);
    CHECK(rows[1].verdict == SmallPlotVerdict::compliant);
}

TEST_CASE("an elderly user may grow the day before repeal and not the day after; unset parameters never guess") {
    Case c;
    c.pack.max_area.reset();
    c.pack.exempt_min_age = 60;
    c.pack.exempt_need = geo::Hectares(0.20);
    c.pack.exempt_ends_on = day(2005, 12, 31);
    c.households[0].birth_year = 1930;
    c.households[1].birth_year = 1970;
    c.plots = {corner_plot("p1", "h1", 1200), corner_plot("p2", "h2", 1200, 500, 0)};
    c.as_of = day(2005, 12, 31);
    CHECK(c.rows()[0].verdict == SmallPlotVerdict::compliant);
    CHECK(c.rows()[0].limit->value() == Approx(2000));
    CHECK(c.rows()[1].verdict == SmallPlotVerdict::no_rule);
    c.as_of = day(2006, 1, 1);
    CHECK(c.rows()[0].verdict == SmallPlotVerdict::no_rule);
    CHECK(found(c.rows()[0], "exemption_ended"));
    c.as_of = day(2005, 12, 31);
    c.pack.exempt_need.reset();
    CHECK(c.rows()[0].verdict == SmallPlotVerdict::no_rule);
}

TEST_CASE("a rule without name, version or source, or with an area of zero, is refused") {
    const auto refused = [](auto change) {
        RulePack pack = cato();
        change(pack);
        CHECK_THROWS_AS(validated(pack, {}), geo::Error);
    };
    CHECK_NOTHROW(validated(cato(), {}));
    refused([](RulePack& pack) { pack.name.clear(); });
    refused([](RulePack& pack) { pack.version.clear(); });
    refused([](RulePack& pack) { pack.source.clear(); });
    refused([](RulePack& pack) { pack.max_area = geo::SquareMetres(0); });
    refused([](RulePack& pack) { pack.plots_per_unit = 0; });
    refused([](RulePack& pack) {
        pack.valid_from = day(2017, 1, 1);
        pack.valid_to = day(2016, 1, 1);
    });
}
