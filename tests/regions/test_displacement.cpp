#include <algorithm>

#include "geo/diagnostic.hpp"
#include "regions/displacement.hpp"
#include "tests/regions/panel_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::regions;
using namespace vereda::tests;

namespace {

DisplacementPlan quick_plan() {
    DisplacementPlan plan;
    plan.placebos = 99;
    plan.bootstrap_draws = 199;
    plan.belts = {geo::Metres(10'000), geo::Metres(20'000)};
    return plan;
}

DisplacementResult study(const MadePanel& made, const DisplacementPlan& plan = quick_plan(), int jobs = 2) {
    geo::Diagnostics diagnostics;
    return displacement(made.panel, made.events, plan, 1, {jobs}, diagnostics);
}

const DisplacementRow* look(const DisplacementResult& result, std::string_view name) {
    for (const DisplacementRow& row : result.looks)
        if (row.estimator == name) return &row;
    return nullptr;
}

PanelRecipe recipe_of(double share) {
    PanelRecipe recipe;
    recipe.share = share;
    recipe.noise = 0.03;
    recipe.years = 10;
    return recipe;
}

}  // namespace

TEST_CASE("displacement is found where it is, and its interval holds the share") {
    int found = 0;
    int covered = 0;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const DisplacementResult result = study(make_panel(recipe_of(0.6), seed));
        found += result.verdict == DisplacementVerdict::found;
        REQUIRE(result.lo);
        covered += *result.lo <= 0.6 && 0.6 <= *result.hi;
    }
    CHECK(found == 6);
    CHECK(covered >= 5);
}

TEST_CASE("no displacement is not found where there is none and the study could have seen it") {
    int found = 0;
    int refused = 0;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        PanelRecipe recipe = recipe_of(0);
        recipe.reported = 1;  // what the surveys see gone
        recipe.noise = 0.006;
        const DisplacementResult result = study(make_panel(recipe, seed));
        found += result.verdict == DisplacementVerdict::found;
        refused += result.verdict == DisplacementVerdict::not_found;
        REQUIRE(result.mde);
        CHECK(*result.mde > 0);
    }
    CHECK(found <= 1);
    CHECK(refused >= 4);
}

TEST_CASE("a study with too much noise cannot tell") {
    PanelRecipe recipe = recipe_of(0);
    recipe.noise = 1.0;
    recipe.removals_a_year = 1;
    const DisplacementResult result = study(make_panel(recipe, 3));
    CHECK(result.verdict == DisplacementVerdict::cannot_tell);
    CHECK(*result.mde > 0.5);
}

TEST_CASE("an estimate far below 0 with wide errors is no proof of absence") {
    PanelRecipe recipe = recipe_of(-1.5);
    recipe.noise = 0.6;
    const DisplacementPlan plan = quick_plan();
    int passed = 0;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const DisplacementResult result = study(make_panel(recipe, seed), plan);
        REQUIRE(result.upper_bound);
        CAPTURE(seed, *result.displaced_share, *result.upper_bound);
        if (*result.upper_bound >= plan.smallest_effect) continue;
        REQUIRE(*result.upper_bound - *result.displaced_share > plan.smallest_effect);
        ++passed;
        CHECK(result.verdict == DisplacementVerdict::cannot_tell);
        CHECK(std::ranges::any_of(result.reasons, [](const geo::Message& reason) {
            return reason.id.text() == "displacement.reason.too_coarse";
        }));
    }
    CHECK(passed >= 4);  // the one-sided test alone would have said not_found
}

TEST_CASE("one thread and four tell the same, row by row") {
    const MadePanel made = make_panel(recipe_of(0.3), 9);
    const DisplacementResult one = study(made, quick_plan(), 1);
    const DisplacementResult four = study(made, quick_plan(), 4);
    CHECK(one.p_value == four.p_value);
    REQUIRE(one.looks.size() == four.looks.size());
    for (std::size_t i = 0; i < one.looks.size(); ++i) {
        CHECK(one.looks[i].estimate == four.looks[i].estimate);
        CHECK(one.looks[i].lo == four.looks[i].lo);
        CHECK(one.looks[i].p_value == four.looks[i].p_value);
    }
}

TEST_CASE("every look stands in the table") {
    const DisplacementResult result = study(make_panel(recipe_of(0.3), 2));
    for (const char* name :
         {"ring_event_study", "ring_event_study_unweighted", "ring_event_study_conley", "ring_event_study_pairs",
          "ring_band_1", "two_way_lead_1", "two_way_lag_2", "group_time", "pre_period_fake", "permuted_places",
          "permuted_times", "kind_aerial", "leakage", "weighted_displacement_quotient"}) {
        CAPTURE(name);
        CHECK(look(result, name));
    }
    CHECK(result.looks.front().note == "headline");
    CHECK_FALSE(result.adding_up.empty());
}

TEST_CASE("without removals or without years around them nothing can be told") {
    MadePanel made = make_panel(recipe_of(0), 1);
    made.events.clear();
    const DisplacementResult none = study(made);
    CHECK(none.verdict == DisplacementVerdict::cannot_tell);
    CHECK_FALSE(none.displaced_share);
    REQUIRE(none.reasons.size() == 1);
    CHECK(none.reasons[0].id.text() == "displacement.reason.no_removals");

    MadePanel late = make_panel(recipe_of(0), 1);
    for (EradicationEvent& event : late.events)
        event.date = geo::Date(std::chrono::year(late.panel.years.back()) / 6 / 1);
    CHECK(study(late).reasons[0].id.text() == "displacement.reason.no_years");
}

TEST_CASE("crop that rises far away is named, whatever the belt shows") {
    MadePanel made = make_panel(recipe_of(0), 4);
    PanelUnit far;
    far.id = "zz_far";
    far.place = {5e6, 5e6};
    far.region_id = "zz";
    far.abroad = true;
    made.panel.units.push_back(far);
    std::vector<std::optional<double>> rising;
    for (std::size_t y = 0; y < made.panel.years.size(); ++y)
        rising.push_back(500.0 * static_cast<double>(y));
    made.panel.crop_ha.push_back(rising);
    const DisplacementResult result = study(made);
    REQUIRE(result.rose_abroad_ha);
    CHECK(*result.rose_abroad_ha > 1000);
    bool named = false;
    for (const geo::Message& reason : result.reasons)
        named = named || reason.id.text() == "displacement.reason.rose_elsewhere";
    CHECK(named);
}

TEST_CASE("no verdict stands without what crop did beyond the belt") {
    const DisplacementResult result = study(make_panel(recipe_of(0), 4));
    const auto beyond = [](const geo::Message& reason) {
        return reason.id.text() == "displacement.reason.rose_elsewhere" ||
               reason.id.text() == "displacement.reason.elsewhere_untested";
    };
    const auto found = std::ranges::find_if(result.reasons, beyond);
    REQUIRE(found != result.reasons.end());
    for (const char* name : {"elsewhere", "abroad", "removed", "km"})
        CHECK(std::ranges::any_of(found->arguments, [&](const auto& argument) { return argument.first == name; }));
}

TEST_CASE("a column that removals cannot move shows nothing, and one that is not there is told") {
    MadePanel made = make_panel(recipe_of(0.3), 5);
    PanelCovariate maize{"maize_ha", made.panel.crop_ha, false};
    geo::Random random(1, "maize");
    for (auto& unit : maize.values)
        for (auto& value : unit)
            value = random.normal(10, 1);
    made.panel.covariates.push_back(maize);
    DisplacementPlan plan = quick_plan();
    plan.negative_control = "maize_ha";
    const DisplacementResult result = study(made, plan);
    const DisplacementRow* row = look(result, "negative_control");
    REQUIRE(row);
    REQUIRE(row->lo);
    CHECK(*row->lo < 0);
    CHECK(*row->hi > 0);
    plan.negative_control = "wheat_ha";
    CHECK(look(study(made, plan), "negative_control")->note == "no_such_varying_covariate");
}
