#include <algorithm>
#include <cmath>
#include <random>

#include "livelihoods/rule_what_if.hpp"
#include "livelihoods/small_plots.hpp"
#include "tests/livelihoods/plots.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

Household family(std::string id, std::string union_name = "Sindicato A") {
    Household household;
    household.id = std::move(id);
    household.region_id = "R";
    household.registered_on = day(2003, 1, 1);
    household.registration_id = "N-" + household.id;
    household.union_name = std::move(union_name);
    household.land_title = LandTitle::titled;
    return household;
}

struct Case {
    std::vector<RegisteredPlot> plots;
    std::vector<Household> households{family("h1"), family("h2"), family("h3", "Sindicato B")};
    std::vector<regions::Zone> zones;
    std::vector<RulePack> packs{cato()};
    geo::Date as_of = day(2020, 12, 31);

    RulePack& pack() { return packs.front(); }
    SmallPlots judged() const {
        geo::Diagnostics diagnostics;
        return small_plots({plots, households, zones, packs, as_of}, diagnostics);
    }
    FamilyVerdict one(std::string_view household) {
        const SmallPlots result = judged();
        const auto found = std::ranges::find(result.families, household, &FamilyVerdict::household_id);
        REQUIRE(found != result.families.end());
        return *found;
    }
    bool finds(std::string_view household, std::string_view what) {
        return std::ranges::any_of(one(household).findings,
                                   [&](const Finding& f) { return f.kind == what || f.detail == what; });
    }
};

RegisteredPlot of_year(RegisteredPlot plot, int year) {
    plot.year = year;
    return plot;
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

TEST_CASE("the plots of one family add up, with their errors") {
    Case c;
    c.plots = {corner_plot("p1", "h1", 1000), corner_plot("p2", "h1", 1000, 500, 0),
               corner_plot("p3", "h2", 1000, 0, 500)};
    const FamilyVerdict two = c.one("h1");
    CHECK(two.plots == 2);
    CHECK(two.area.area.value() == Approx(2000));
    // Each corner square: variance 2·9·1,000 + 2·81 (second order).
    CHECK(two.area.sd->value() == Approx(std::sqrt(2 * (18'000.0 + 162.0))).epsilon(1e-6));
    CHECK(two.area.verdict == SmallPlotVerdict::exceeds);
    CHECK(c.one("h2").area.verdict == SmallPlotVerdict::compliant);
    for (const SmallPlotRow& row : c.judged().rows) {
        CHECK(row.plots == (row.household_id == "h1" ? 2 : 1));
        if (row.household_id == "h1") CHECK(row.area.value() == Approx(2000));
        CHECK(row.plot_area.value() == Approx(1000));
    }
}

TEST_CASE("plots of different crops, years and nobody known do not add up") {
    Case c;
    c.plots = {of_year(corner_plot("p1", "h1", 1000), 2019), of_year(corner_plot("p1", "h1", 1000), 2020),
               corner_plot("p3", "", 1000, 500, 0), corner_plot("p4", "", 1000, 900, 0)};
    c.plots.push_back(corner_plot("p5", "h2", 1000, 0, 500));
    c.plots.push_back(corner_plot("p6", "h2", 1000, 500, 500));
    c.plots[4].crop = regions::Crop::coca;
    c.plots[5].crop = regions::Crop::poppy;
    for (const FamilyVerdict& verdict : c.judged().families)
        CHECK(verdict.area.area.value() == Approx(1000));
    c.pack().crops = {regions::Crop::coca};
    const SmallPlots judged = c.judged();
    const auto poppy = std::ranges::find(judged.rows, "p6", &SmallPlotRow::plot_id);
    CHECK(poppy->verdict == SmallPlotVerdict::no_rule);
}

TEST_CASE("two outlines of one family on the same ground are one plot measured twice") {
    Case c;
    c.pack().no_subdivision = true;
    c.pack().duplicates = "investigated";
    c.plots = {of_year(corner_plot("walk", "h1", 2400), 2020), of_year(corner_plot("image", "h1", 2400, 2, 2), 2020)};
    c.plots[1].measured_by = regions::MeasuredBy::vhr;
    const FamilyVerdict twice = c.one("h1");
    CHECK(twice.plots == 1);
    CHECK(twice.measurements == 2);
    CHECK(twice.area.area.value() == Approx(2400));
    CHECK(twice.findings.empty());
    CHECK(twice.ladder.confirmed);
    c.plots[1].measured_by = c.plots[0].measured_by;  // the same day by the same method
    CHECK_FALSE(c.one("h1").ladder.confirmed);
}

TEST_CASE("an excess that the family removed before the second visit is no offence") {
    Case c;
    c.pack().sanctions = {{"first", 24, "plot", "remove it", 12, 1}};
    c.plots = {of_year(corner_plot("p", "h1", 2400), 2019), of_year(corner_plot("p", "h1", 1500), 2020)};
    CHECK(c.one("h1").ladder.offences.empty());
    CHECK(c.one("h1").area.verdict == SmallPlotVerdict::within_error);
    c.plots[1] = of_year(corner_plot("p", "h1", 2400), 2020);
    CHECK(c.one("h1").ladder.offences.size() == 1);
    CHECK(c.one("h1").ladder.step->count == 1);
}

TEST_CASE("an old measurement is judged by the rule of its day") {
    Case c;
    RulePack later = cato();
    c.pack().valid_to = day(2016, 12, 31);
    later.version = "2";
    later.valid_from = day(2017, 1, 1);
    later.max_area = geo::SquareMetres(3000);
    c.packs.push_back(later);
    c.plots = {of_year(corner_plot("p", "h1", 2400), 2016), of_year(corner_plot("p", "h1", 2400), 2018)};
    const auto rows = c.judged().rows;
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].verdict == SmallPlotVerdict::exceeds);
    CHECK(rows[0].pack_version == "1");
    CHECK(rows[1].verdict == SmallPlotVerdict::compliant);
    CHECK(rows[1].pack_version == "2");
}

TEST_CASE("kin in one house, and a parcel shared by two families, are questions; neighbours are none") {
    Case c;
    c.pack().duplicates = "investigated";
    c.pack().no_subdivision = true;
    c.plots = {corner_plot("p1", "h1", 1200), corner_plot("p2", "h2", 1200, 40, 0)};
    CHECK(c.one("h1").findings.empty());
    c.households[0].home = geo::Point{0, 0};
    c.households[1].home = geo::Point{10, 0};
    CHECK(c.finds("h1", "kin"));
    c.households[1].home = geo::Point{200, 0};
    CHECK_FALSE(c.finds("h1", "kin"));
    c.plots[0].parcel_id = c.plots[1].parcel_id = "lot 7";
    CHECK(c.finds("h1", "subdivision"));
    CHECK(c.finds("h2", "subdivision"));
    c.plots[1].parcel_id = "lot 8";
    CHECK_FALSE(c.finds("h1", "subdivision"));
}

TEST_CASE("ground that passed to another family is found where the rule limits transfers") {
    Case c;
    c.plots = {of_year(corner_plot("p1", "h1", 1200), 2018), of_year(corner_plot("p1", "h2", 1200), 2020)};
    CHECK_FALSE(c.finds("h2", "transfer"));  // no rule
    c.pack().transfer = TransferRule::forbidden;
    CHECK(c.finds("h2", "transfer"));
    CHECK_FALSE(c.finds("h1", "transfer"));
    c.pack().transfer = TransferRule::within_union;
    CHECK_FALSE(c.finds("h2", "transfer"));
    c.households[1].union_name = "Sindicato B";
    CHECK(c.finds("h2", "transfer"));
    c.pack().transfer = TransferRule::allowed;
    CHECK_FALSE(c.finds("h2", "transfer"));
}

TEST_CASE("a cato lost to a flood may move within its union without growing") {
    Case c;
    c.pack().relocation = "after a flood";
    c.plots = {of_year(corner_plot("lost", "h1", 1200), 2018), of_year(corner_plot("new", "h1", 1200, 900, 0), 2020)};
    c.plots[1].replaces = "lost";
    CHECK_FALSE(c.finds("h1", "relocation"));
    c.plots[1] = of_year(corner_plot("new", "h1", 1300, 900, 0), 2020);  // larger, but by less than the error
    c.plots[1].replaces = "lost";
    CHECK_FALSE(c.finds("h1", "relocation"));
    c.plots[1] = of_year(corner_plot("new", "h1", 2000, 900, 0), 2020);
    c.plots[1].replaces = "lost";
    CHECK(c.finds("h1", "relocated_larger"));
    c.plots[1] = of_year(corner_plot("new", "h3", 1200, 900, 0), 2020);
    c.plots[1].replaces = "lost";
    CHECK(c.finds("h3", "relocated_elsewhere"));
    // In one year the lost plot and the new one are one cato, not two.
    c.plots = {of_year(corner_plot("lost", "h1", 1200), 2020), of_year(corner_plot("new", "h1", 1200, 900, 0), 2020)};
    c.plots[1].replaces = "lost";
    CHECK(c.one("h1").plots == 1);
    c.plots.push_back(of_year(corner_plot("lost", "h1", 1200), 2021));
    c.as_of = day(2021, 12, 31);
    CHECK(std::ranges::any_of(c.judged().rows, [](const SmallPlotRow& row) {
        return std::ranges::any_of(row.findings, [](const Finding& f) { return f.detail == "replaced_still_there"; });
    }));
}

TEST_CASE("a crop outside the agreed months is a finding, inside none") {
    Case c;
    c.plots = {corner_plot("p1", "h1", 1200)};
    c.plots[0].image_date = day(2020, 7, 15);
    CHECK_FALSE(c.finds("h1", "calendar"));
    c.pack().calendar_months = {1, 2, 3};
    CHECK(c.finds("h1", "calendar"));
    c.pack().calendar_months = {6, 7};
    CHECK_FALSE(c.finds("h1", "calendar"));
}

TEST_CASE(
    "7,700 ha of 1,600 square metres are 48,125 catos, 14,300 of 2,500 are 57,200, and what stands is taken off") {
    Case c;
    c.pack().zones = {{regions::ZoneKind::registered, true, geo::Hectares(7700), 0}};
    const SmallPlots none = c.judged();
    REQUIRE(none.quotas.size() == 1);
    CHECK(none.quotas[0].plots_left == 48'125);
    c.plots = {corner_plot("p1", "h1", 1600), corner_plot("p2", "h2", 1600, 500, 0)};
    const ZoneQuota used = c.judged().quotas.front();
    CHECK(used.area.value() == Approx(0.32));
    CHECK(used.remaining->value() == Approx(7699.68));
    CHECK(used.plots_left == 48'123);
    CHECK(*used.p_over == Approx(0).margin(1e-12));
    c.pack().max_area = geo::SquareMetres(2500);
    c.pack().zones[0].cap = geo::Hectares(14'300);
    c.plots.clear();
    CHECK(c.judged().quotas.front().plots_left == 57'200);
}

TEST_CASE("Polygon 7 counts as Chapare, coca elsewhere in the park is counted apart, and kinds may share a cap") {
    Case c;
    c.pack().zones = {{regions::ZoneKind::registered, true, geo::Hectares(1), 0},
                      {regions::ZoneKind::park, false, std::nullopt, 10}};
    c.zones = {zone(regions::ZoneKind::registered, "Chapare", square(-2000, -500, 1500)),
               zone(regions::ZoneKind::park, "TIPNIS", square(-100, -500, 2000)),
               zone(regions::ZoneKind::registered, "Polygon 7", square(0, 0, 300), "TIPNIS")};
    c.plots = {corner_plot("chapare", "h1", 1600, -1000, 0), corner_plot("polygon 7", "h2", 1600, 100, 100),
               corner_plot("park", "h3", 1600, 1000, 0)};
    const auto quotas = c.judged().quotas;
    REQUIRE(quotas.size() == 2);
    CHECK(quotas[0].plots == 2);
    CHECK(quotas[0].remaining->value() == Approx(1 - 0.32));
    CHECK(quotas[1].plots == 1);
    CHECK_FALSE(quotas[1].cap);
    CHECK(c.finds("h3", "zone"));
    CHECK_FALSE(c.finds("h2", "zone"));
    c.pack().zones[0].cap_with = {regions::ZoneKind::park};
    CHECK(c.judged().quotas[0].counted.value() == Approx(0.48));
}

TEST_CASE("nineteen hectares in fourteen villages stand against the need of the registered as a range") {
    RulePack pack = cato();
    pack.max_area.reset();
    const GrownArea grown{geo::Hectares(19), geo::Hectares(17), geo::Hectares(21)};
    std::vector<Household> users;
    for (int i = 0; i < 42; ++i) {
        Household user = family("u" + std::to_string(i));
        user.region_id = "village " + std::to_string(i % 14);
        if (i < 28) user.birth_year = 1930;   // surely old enough
        if (i >= 35) user.birth_year = 1980;  // surely not; seven ages are not known
        users.push_back(user);
    }
    CHECK_FALSE(need_balance(pack, users, grown, day(2005, 6, 1)));  // nothing set: no guess
    pack.exempt_min_age = 60;
    pack.exempt_need = geo::Hectares(0.2);
    pack.exempt_ends_on = day(2005, 12, 31);
    const NeedBalance before = *need_balance(pack, users, grown, day(2005, 12, 31));
    CHECK(before.villages == 14);
    CHECK(before.users_lo == 28);
    CHECK(before.users_hi == 35);
    CHECK(before.surplus_lo.value() == Approx(17 - 7.0));
    CHECK(before.surplus_hi.value() == Approx(21 - 5.6));
    const NeedBalance after = *need_balance(pack, users, grown, day(2006, 1, 1));
    CHECK_FALSE(after.in_force);
    CHECK(after.need_hi.value() == 0);
    CHECK(after.surplus_hi.value() == Approx(21));
}

TEST_CASE("a what-if tells who enters, who leaves, hectares, income and quota") {
    Case c;
    c.pack().zones = {{regions::ZoneKind::registered, true, geo::Hectares(1), 0}};
    c.plots = {corner_plot("p1", "h1", 1200), corner_plot("p2", "h2", 2100, 500, 0),
               corner_plot("p3", "h3", 3500, 900, 0)};
    const SmallPlots now = c.judged();
    Case wide = c;
    wide.pack().max_area = geo::SquareMetres(2000);
    const RuleWhatIf wider = rule_what_if(now, wide.judged(), 10'000).front();
    CHECK(wider.enter == 1);
    CHECK(wider.leave == 0);
    CHECK(wider.families[1].move == RuleMove::enters);
    CHECK(wider.area_before.value() == Approx(0.12));
    CHECK(wider.area_after.value() == Approx(0.33));
    CHECK(wider.excess_before.value() == Approx(0.05 + 0.19));
    CHECK(wider.excess_after.value() == Approx(0.15));
    CHECK(*wider.income_after - *wider.income_before == Approx(2100));
    CHECK(*wider.plots_left_before == 2);  // 0.32 of 1 ha left, of 0.16 ha each
    Case narrow = c;
    narrow.pack().max_area = geo::SquareMetres(800);
    const RuleWhatIf narrower = rule_what_if(now, narrow.judged(), std::nullopt).front();
    CHECK(narrower.leave == 1);
    CHECK_FALSE(narrower.income_after);
}

TEST_CASE("a stricter rule never makes more families fit") {
    std::mt19937_64 random(906);
    std::uniform_real_distribution<double> area(400, 4000);
    std::uniform_real_distribution<double> share(0.3, 1.0);
    std::uniform_int_distribution<int> number(0, 5);
    for (int draw = 0; draw < 60; ++draw) {
        Case c;
        c.households.clear();
        c.pack().tolerance_share = 0.1;
        c.pack().register_cutoff = day(2004, 12, 31);
        for (int i = 0; i < 25; ++i) {
            c.households.push_back(family("f" + std::to_string(i)));
            c.households.back().registered_on = day(2001 + number(random), 1, 1);
            if (number(random) == 0) c.households.back().land_title = LandTitle::none;
            for (int p = 0; p <= number(random) / 4; ++p)
                c.plots.push_back(corner_plot("p" + std::to_string(i) + "-" + std::to_string(p), c.households.back().id,
                                              area(random), 400.0 * i, 300.0 * p));
        }
        const auto fitting = [](Case& which) {
            const SmallPlots judged = which.judged();
            return std::ranges::count_if(judged.families, fits);
        };
        const auto before = fitting(c);
        const auto stricter = [&](auto change) {
            Case other = c;
            change(other.pack());
            INFO("draw " << draw);
            CHECK(fitting(other) <= before);
        };
        // Down to limits at which the measurements still settle anything; below, nobody is told to fit either.
        stricter([&](RulePack& pack) { pack.max_area = geo::SquareMetres(1600 * share(random)); });
        stricter([&](RulePack& pack) { pack.tolerance_share = 0.1 * share(random); });
        stricter([&](RulePack& pack) { pack.register_cutoff = day(2001 + number(random) / 2, 6, 1); });
        stricter([&](RulePack& pack) { pack.require_title = true; });
        stricter([&](RulePack& pack) { pack.no_subdivision = true; });
        stricter([&](RulePack& pack) { pack.duplicates = "investigated"; });
    }
}

TEST_CASE("2,500 square metres by tape on a slope of 30 degrees are 2,165 of map area") {
    CHECK(surface_area(geo::SquareMetres(2165.0635), 30).value() == Approx(2500).epsilon(1e-6));
    RulePack pack = cato();
    pack.legal_area = LegalArea::surface;
    RegisteredPlot plot = corner_plot("p", "h", 1500);
    plot.slope_degrees = 30;
    CHECK(measured_area(plot, pack).area.value() == Approx(1500 / std::cos(3.14159265358979 / 6)));
    CHECK(area_verdict(plot, pack, *pack.max_area).verdict == SmallPlotVerdict::within_error);
    pack.legal_area = LegalArea::horizontal;
    CHECK(measured_area(plot, pack).area.value() == Approx(1500));
}

TEST_CASE("a plot that cannot be tested keeps the family's verdict open unless the others exceed by themselves") {
    Case c;
    c.plots = {corner_plot("p1", "h1", 1000), corner_plot("p2", "h1", 1000, 500, 0)};
    c.plots[1].measured_by = regions::MeasuredBy::medium_resolution;
    CHECK(c.one("h1").area.verdict == SmallPlotVerdict::not_testable);
    c.plots[0] = corner_plot("p1", "h1", 2400);
    CHECK(c.one("h1").area.verdict == SmallPlotVerdict::exceeds);
}
