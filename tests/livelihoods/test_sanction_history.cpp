#include "livelihoods/sanction_history.hpp"

#include "livelihoods/small_plots.hpp"
#include "tests/livelihoods/plots.hpp"
#include "tests/livelihoods/tables.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

constexpr auto exceeds = SmallPlotVerdict::exceeds;
constexpr auto compliant = SmallPlotVerdict::compliant;

/// Steps at one, two and three offences within 24 months, 30 days to correct.
RulePack ladder() {
    RulePack pack = cato();
    pack.grace_days = 30;
    pack.sanctions = {{"first", 24, "plot", "warning", std::nullopt, 1},
                      {"second", 24, "plot", "a year without", 12, 2},
                      {"third", 24, "family", "loss for good", std::nullopt, 3}};
    return pack;
}

int step(const LadderState& state) {
    return state.step ? state.step->count.value() : 0;
}

Household family(std::string id, std::string registration_id = "", std::string union_name = "") {
    Household household;
    household.id = std::move(id);
    household.registration_id = std::move(registration_id);
    household.union_name = std::move(union_name);
    return household;
}

std::vector<SanctionRecord> records(std::vector<std::vector<std::string>> rows,
                                    std::span<const Household> households = {}) {
    geo::Diagnostics diagnostics;
    return sanctions_from(
        table({"household_id", "union", "date", "kind", "pack", "clause", "measurements"}, std::move(rows)), {},
        households, diagnostics);
}

}  // namespace

TEST_CASE("the ladder counts recorded excesses that two measurements confirmed, within the look-back, and no others") {
    const geo::Date as_of = day(2021, 12, 31);
    const auto after = [&](std::vector<RecordedSanction> recorded) {
        return ladder_state({}, ladder(), as_of, recorded);
    };
    CHECK(step(after({})) == 0);
    CHECK(step(after({{day(2021, 3, 1), true}})) == 1);
    CHECK(step(after({{day(2020, 5, 1), true}, {day(2021, 3, 1), true}})) == 2);
    CHECK(step(after({{day(2020, 2, 1), true}, {day(2020, 5, 1), true}, {day(2021, 3, 1), true}})) == 3);
    // 24 months before 31 December 2021: one of 31 December 2019 has just expired, one of 1 January 2020 counts.
    CHECK(step(after({{day(2019, 12, 31), true}, {day(2021, 3, 1), true}})) == 1);
    CHECK(step(after({{day(2020, 1, 1), true}, {day(2021, 3, 1), true}})) == 2);
    const LadderState single = after({{day(2020, 5, 1), false}, {day(2021, 3, 1), true}});
    CHECK(step(single) == 1);
    CHECK(single.not_confirmed == 1);
    CHECK(single.recorded == 1);
    // The future is not used, and one day is one offence.
    CHECK(step(after({{day(2022, 1, 1), true}})) == 0);
    CHECK(step(after({{day(2021, 3, 1), true}, {day(2021, 3, 1), true}})) == 1);
}

TEST_CASE("a record of an offence that the measurements found is not a second one") {
    const std::vector<Inspection> inspections{
        {day(2021, 1, 1), exceeds}, {day(2021, 3, 1), exceeds}, {day(2021, 9, 1), compliant}};
    const auto with = [&](geo::Date record, bool twice = true) {
        const RecordedSanction recorded{record, twice};
        return ladder_state(inspections, ladder(), day(2021, 12, 31), {&recorded, 1});
    };
    CHECK(step(with(day(2021, 3, 1))) == 1);
    CHECK(step(with(day(2021, 4, 1))) == 1);
    CHECK(with(day(2021, 4, 1), false).not_confirmed == 0);
    // After a later measurement, or before the offence, it speaks of another one.
    CHECK(step(with(day(2021, 10, 1))) == 2);
    CHECK(step(with(day(2020, 6, 1))) == 2);
    const LadderState earlier = with(day(2020, 6, 1));
    CHECK(earlier.offences == std::vector{day(2020, 6, 1), day(2021, 3, 1)});
    CHECK(earlier.recorded == 1);
}

TEST_CASE("what a register of sanctions says decides what counts") {
    const auto twice = [](std::string kind, std::string measurements = "") {
        const auto read = records({{"h1", "", "2021-03-01", std::move(kind), "", "", std::move(measurements)}});
        return confirmed_twice(read.front());
    };
    CHECK(twice("confirmed_excess"));
    CHECK(twice("Confirmed_Excess"));
    CHECK(twice("excess", "2"));
    CHECK_FALSE(twice("excess", "1"));
    CHECK_FALSE(twice("excess"));
    CHECK_FALSE(twice("planting in a park", "2"));
    CHECK_FALSE(twice(""));
    CHECK_THROWS_AS(records({{"", "", "2021-03-01", "excess", "", "", ""}}), geo::Error);
    CHECK_THROWS_AS(records({{"h1", "", "", "excess", "", "", ""}}), geo::Error);
    CHECK_THROWS_AS(records({{"h1", "", "2021-03-01", "excess", "", "", "two"}}), geo::Error);
    const std::vector<Household> known{family("h1")};
    geo::Diagnostics diagnostics;
    const auto read = sanctions_from(table({"household_id", "date"}, {{"h9", "2021-03-01"}}), {}, known, diagnostics);
    CHECK(read.size() == 1);
    CHECK(diagnostics.sorted().front().message.id.text() == "register.household_unknown");
}

TEST_CASE("records go to the family, its licence or the union as the pack counts, and to their own pack") {
    const std::vector<Household> households{family("h1", "L1", "U"), family("h2", "L1", "U"), family("h3", "L3", "V")};
    const auto read = records({{"h1", "", "2021-03-01", "confirmed_excess", "", "", ""},
                               {"h2", "", "2021-04-01", "confirmed_excess", "cato@2004", "", ""},
                               {"h3", "", "2021-05-01", "confirmed_excess", "yungas", "", ""},
                               {"", "U", "2021-06-01", "confirmed_excess", "cato", "", ""}},
                              households);
    const SanctionHistory history(read, households);
    const auto count = [&](std::string_view key, RuleUnit unit) { return history.of(key, unit, "cato").size(); };
    CHECK(count("h1", RuleUnit::family) == 1);
    CHECK(count("h2", RuleUnit::family) == 1);
    CHECK(count("h3", RuleUnit::family) == 0);
    CHECK(count("L1", RuleUnit::licence) == 2);
    CHECK(count("U", RuleUnit::union_) == 1);
    CHECK(count("V", RuleUnit::union_) == 0);
    CHECK(count("", RuleUnit::family) == 0);
}

TEST_CASE("a family with a past on record stands on the step that its past and its measurements reach together") {
    std::vector<RulePack> packs{ladder()};
    std::vector<Household> households{family("h1"), family("h2")};
    std::vector<RegisteredPlot> plots;
    for (const unsigned month : {1U, 4U}) {
        RegisteredPlot plot = corner_plot("p", "h1", 2400);
        plot.image_date = day(2021, month, 1);
        plot.year = 2021;
        plots.push_back(plot);
    }
    plots.push_back(corner_plot("q", "h2", 1200, 500, 0));
    plots.back().year = 2021;
    const auto past = records({{"h1", "", "2020-06-01", "confirmed_excess", "cato", "5", ""},
                               {"h2", "", "2020-06-01", "excess", "cato", "5", "1"}});
    geo::Diagnostics diagnostics;
    const SmallPlots judged = small_plots({plots, households, {}, packs, day(2021, 12, 31), past}, diagnostics);
    REQUIRE(judged.families.size() == 2);
    CHECK(step(judged.families[0].ladder) == 2);
    CHECK(judged.families[0].ladder.recorded == 1);
    CHECK(step(judged.families[1].ladder) == 0);
    CHECK(judged.families[1].ladder.not_confirmed == 1);
    CHECK(judged.families[1].area.verdict == compliant);
}
