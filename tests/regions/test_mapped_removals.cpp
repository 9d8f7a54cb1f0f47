#include "regions/mapped_removals.hpp"

#include <algorithm>
#include <cmath>

#include "geo/diagnostic.hpp"
#include "regions/displacement.hpp"
#include "tests/regions/panel_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::regions;
using namespace vereda::tests;

namespace {

Removal removal(std::string id, int year, double hectares, std::vector<std::size_t> targets) {
    Removal result;
    result.event_id = std::move(id);
    result.year = year;
    result.hectares = hectares;
    result.targets = std::move(targets);
    return result;
}

RingSettings settings() {
    return {geo::Metres(20'000), 2, 1, {}};
}

/// Reports tell what the cells lose, and nothing but removals and displacement moves crop much.
PanelRecipe told_truly(double share) {
    PanelRecipe recipe;
    recipe.share = share;
    recipe.noise = 0.01;
    recipe.regional = 0.02;
    recipe.years = 10;
    recipe.removals_a_year = 12;
    recipe.reported = 1;
    recipe.distinct = true;
    return recipe;
}

DisplacementResult study(const MadePanel& made) {
    DisplacementPlan plan;
    plan.placebos = 19;
    plan.bootstrap_draws = 199;
    plan.other_looks = false;
    geo::Diagnostics diagnostics;
    return displacement(made.panel, made.events, plan, 1, {2}, diagnostics);
}

template <class Change>
MadePanel seen(MadePanel made, const Change& change) {
    for (auto& unit : made.panel.crop_ha)
        for (auto& crop : unit)
            crop = *crop * change();
    return made;
}

bool says(const DisplacementResult& result, std::string_view id) {
    return std::ranges::any_of(result.reasons, [&](const geo::Message& reason) { return reason.id.text() == id; });
}

}  // namespace

TEST_CASE("what is mapped as gone is crop before less crop after without its growth") {
    // Cell 0 loses 80 of 100 while the others grow by a fifth: of 20 left, 20 / 1.2 = 16.667 stood before.
    const CropPanel panel = row_of_cells({{100, 100, 20}, {30, 50, 60}, {20, 50, 60}, {5, 10, 12}}, 2000);
    const std::vector<Removal> removals{removal("a", 2002, 90, {0})};
    const MappedRemovals mapped = mapped_removals(panel, removals, settings());
    CHECK(mapped.measured == 1);
    CHECK(mapped.hectares[0] == Approx(100 - 20 / 1.2));
    CHECK(mapped.per_reported == Approx((100 - 20 / 1.2) / 90));
}

TEST_CASE("cells hit lately or announced to be are no measure of growth") {
    // Cell 2 regrows after a removal of 2001, cell 3 is planted up before one of 2003: cell 1 alone tells, no growth.
    const CropPanel panel = row_of_cells({{90, 90, 30, 30}, {40, 40, 40, 40}, {50, 10, 40, 50}, {10, 10, 30, 5}}, 2000);
    const std::vector<Removal> removals{removal("early", 2001, 40, {2}), removal("now", 2002, 60, {0}),
                                        removal("next", 2003, 25, {3})};
    CHECK(mapped_removals(panel, removals, settings()).hectares[1] == Approx(60));
}

TEST_CASE("a cell that two events hit is shared out by what they report, once") {
    const CropPanel panel = row_of_cells({{100, 40}, {10, 10}}, 2000);
    const std::vector<Removal> removals{removal("a", 2001, 50, {0}), removal("b", 2001, 25, {0})};
    const MappedRemovals mapped = mapped_removals(panel, removals, settings());
    CHECK(mapped.hectares[0] == Approx(40));
    CHECK(mapped.hectares[1] == Approx(20));
    CHECK(mapped.per_reported == Approx(60.0 / 75));
}

TEST_CASE("removals that the surveys did not see take the rate of the others, mapped ones stay") {
    const CropPanel panel = row_of_cells({{100, 40}, {80, std::nullopt}, {10, 10}, {30, 5}}, 2000);
    std::vector<Removal> removals{removal("seen", 2001, 75, {0}), removal("cloud", 2001, 50, {1}),
                                  removal("late", 2003, 10, {2}), removal("untold", 2001, 30, {3})};
    removals[3].reported = false;
    const MappedRemovals mapped = mapped_removals(panel, removals, settings());
    CHECK(mapped.measured == 1);
    CHECK(mapped.per_reported == Approx(0.8));
    CHECK(mapped.hectares[1] == Approx(40));
    CHECK(mapped.hectares[2] == Approx(8));
    CHECK(mapped.hectares[3] == 30);
}

TEST_CASE("ground of a removal that reaches into a neighbouring cell is measured there too") {
    const CropPanel panel = row_of_cells({{60, 20}, {30, 10}, {10, 10}}, 2000);
    Removal wide = removal("wide", 2001, 60, {0});
    wide.touched = {0, 1};
    CHECK(mapped_removals(panel, std::vector{wide}, settings()).hectares[0] == Approx(60));

    EradicationEvent event;
    event.id = "wide";
    event.date = geo::Date(std::chrono::year(2001) / 5 / 1);
    geo::Polygon polygon;
    polygon.outer = {{-100, -100}, {-100, 100}, {700, 100}, {700, -100}, {-100, -100}};
    event.place = geo::MultiPolygon{polygon};
    event.reported = geo::Hectares(60);
    geo::Diagnostics diagnostics;
    const auto found = removals_on(panel, UnitIndex(panel.units), std::vector{event}, diagnostics);
    REQUIRE(found.size() == 1);
    CHECK(found[0].targets == std::vector<std::size_t>{0});
    CHECK(found[0].touched == std::vector<std::size_t>{0, 1});
}

TEST_CASE("law: surveys that overlook a part of all crop leave the share as it is") {
    const MadePanel made = make_panel(told_truly(0.6), 3);
    const DisplacementResult whole = study(made);
    const DisplacementResult part = study(seen(made, [] { return 0.85; }));
    REQUIRE(whole.mapped.applied);
    REQUIRE(part.mapped.applied);
    CHECK(*part.mapped.rate == Approx(0.85 * *whole.mapped.rate));
    CHECK(*part.share_as_reported == Approx(0.85 * *whole.share_as_reported));
    CHECK(*part.displaced_share == Approx(*whole.displaced_share));
    CHECK(*part.lo == Approx(*whole.lo));
    CHECK(*part.hi == Approx(*whole.hi));
    CHECK(part.p_value == whole.p_value);
}

TEST_CASE("law: reports that all say too much by the same part leave the share as it is") {
    MadePanel made = make_panel(told_truly(0.6), 4);
    const DisplacementResult true_reports = study(made);
    for (EradicationEvent& event : made.events)
        event.reported = *event.reported * 1.2;
    const DisplacementResult inflated = study(made);
    REQUIRE(inflated.mapped.applied);
    CHECK(*inflated.displaced_share == Approx(*true_reports.displaced_share));
    CHECK(*inflated.share_as_reported == Approx(*true_reports.share_as_reported / 1.2));
}

TEST_CASE("law: where surveys show what is reported, nothing changes") {
    PanelRecipe recipe = told_truly(0);
    recipe.noise = 0;
    recipe.regional = 0;
    const DisplacementResult result = study(make_panel(recipe, 5));
    REQUIRE(result.mapped.rate);
    CHECK(*result.mapped.rate == Approx(1));
    CHECK(*result.displaced_share == Approx(*result.share_as_reported).margin(1e-9));
}

TEST_CASE("law: plots overlooked at random and reports wrong at random leave the mean share as it is") {
    double share = 0;
    double reported = 0;
    int covered = 0;
    constexpr int kSeeds = 12;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        geo::Random random(seed, "overlooked");
        MadePanel made = seen(make_panel(told_truly(0.6), seed), [&] { return 1 - random.uniform(0.02, 0.08); });
        for (EradicationEvent& event : made.events)
            event.reported = *event.reported * std::exp(random.normal(0, 0.15));
        const DisplacementResult result = study(made);
        REQUIRE(result.mapped.applied);
        share += *result.displaced_share / kSeeds;
        reported += *result.share_as_reported / kSeeds;
        covered += *result.lo <= 0.6 && 0.6 <= *result.hi;
    }
    CAPTURE(share, reported, covered);
    CHECK(share == Approx(0.6).margin(0.03));
    CHECK(reported < 0.57);
    CHECK(covered >= 10);
}

TEST_CASE("a rate that overlooked plots cannot explain is told and not used") {
    PanelRecipe recipe = told_truly(0.6);
    recipe.reported = 5;
    const DisplacementResult result = study(make_panel(recipe, 6));
    REQUIRE(result.mapped.rate);
    CHECK(*result.mapped.rate == Approx(0.2).margin(0.05));
    CHECK_FALSE(result.mapped.applied);
    CHECK(result.displaced_share == result.share_as_reported);
    CHECK(says(result, "displacement.reason.mapped_apart"));
}

TEST_CASE("law: reports of ten times what was done turn no doubt into not_found") {
    PanelRecipe recipe = told_truly(0);
    recipe.noise = 0.2;
    int refused = 0;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        MadePanel made = make_panel(recipe, seed);
        const DisplacementResult true_reports = study(made);
        CAPTURE(seed, *true_reports.displaced_share, *true_reports.upper_bound);
        CHECK(true_reports.verdict == DisplacementVerdict::cannot_tell);
        for (EradicationEvent& event : made.events)
            event.reported = *event.reported * 10;
        const DisplacementResult inflated = study(made);
        CHECK_FALSE(inflated.mapped.applied);
        CHECK(inflated.verdict == DisplacementVerdict::cannot_tell);
        refused += says(inflated, "displacement.reason.too_few_gone");
    }
    CHECK(refused >= 3);  // per hectare reported the test alone would have said not_found
}

TEST_CASE("where no removal was surveyed before and after, shares stay per hectare reported") {
    MadePanel made = make_panel(told_truly(0.6), 7);
    const UnitIndex index(made.panel.units);
    geo::Diagnostics diagnostics;
    for (const Removal& one : removals_on(made.panel, index, made.events, diagnostics))
        made.panel.crop_ha[one.targets.front()][*made.panel.find_year(one.year)] = std::nullopt;
    const DisplacementResult result = study(made);
    CHECK_FALSE(result.mapped.rate);
    CHECK(result.mapped.removals == 0);
    REQUIRE(result.displaced_share);
    CHECK(result.displaced_share == result.share_as_reported);
    CHECK(says(result, "displacement.reason.mapped_unknown"));
}
