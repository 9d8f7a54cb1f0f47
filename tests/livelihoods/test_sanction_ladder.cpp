#include "livelihoods/sanction_ladder.hpp"

#include "tests/livelihoods/plots.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

constexpr auto exceeds = SmallPlotVerdict::exceeds;
constexpr auto within = SmallPlotVerdict::within_error;

/// A first and a second step within 24 months, 30 days to correct.
RulePack ladder() {
    RulePack pack = cato();
    pack.grace_days = 30;
    pack.inspection_months = 3;
    pack.sanctions = {{"first", 24, "plot", "remove the cato for a year", 12, 1},
                      {"again", 24, "family", "loss for good", std::nullopt, 2},
                      {"union does nothing", std::nullopt, "union", "loss of the right", std::nullopt}};
    return pack;
}

LadderState state(std::vector<Inspection> inspections, const RulePack& pack = ladder(),
                  geo::Date as_of = day(2021, 12, 31)) {
    return ladder_state(inspections, pack, as_of);
}

/// Share of the 2^n outcomes, weighted, in which two measurements in a row are wrong.
double two_in_a_row(int n, double each) {
    double share = 0;
    for (unsigned wrong = 0; wrong < (1U << n); ++wrong) {
        double p = 1;
        for (int i = 0; i < n; ++i)
            p *= (wrong >> i & 1U) != 0 ? each : 1 - each;
        if ((wrong & wrong >> 1U) != 0) share += p;
    }
    return share;
}

}  // namespace

TEST_CASE("one measurement of an excess is no offence") {
    const LadderState one = state({{day(2021, 1, 1), exceeds}});
    CHECK(one.offences.empty());
    CHECK_FALSE(one.step);
    CHECK_FALSE(one.confirmed);
    CHECK(one.correct_until == day(2021, 1, 31));
}

TEST_CASE("a second independent measurement after the window confirms, one inside it does not") {
    CHECK(state({{day(2021, 1, 1), exceeds}, {day(2021, 1, 20), exceeds}}).offences.empty());
    const LadderState after = state({{day(2021, 1, 1), exceeds}, {day(2021, 2, 1), exceeds}});
    CHECK(after.offences == std::vector{day(2021, 2, 1)});
    REQUIRE(after.step);
    CHECK(after.step->count == 1);
    CHECK(after.confirmed);
    // The same day by the same method says nothing new.
    CHECK(state({{day(2021, 1, 1), exceeds}, {day(2021, 3, 1), exceeds, false}}).offences.empty());
}

TEST_CASE("self-correction inside the window yields no offence, and neither does within_error later") {
    CHECK(state({{day(2021, 1, 1), exceeds}, {day(2021, 1, 25), within}, {day(2021, 4, 1), exceeds}}).offences.empty());
    CHECK(state({{day(2021, 1, 1), exceeds}, {day(2021, 6, 1), within}}).offences.empty());
    // A measurement that settles nothing neither confirms nor clears.
    CHECK(
        state(
            {{day(2021, 1, 1), exceeds}, {day(2021, 3, 1), SmallPlotVerdict::not_testable}, {day(2021, 6, 1), exceeds}})
            .offences.size() == 1);
}

TEST_CASE("the second offence within the look-back is the second step, outside it the first") {
    const std::vector<Inspection> twice{
        {day(2020, 1, 1), exceeds}, {day(2020, 3, 1), exceeds}, {day(2021, 1, 1), exceeds}, {day(2021, 3, 1), exceeds}};
    const LadderState second = state(twice);
    CHECK(second.in_look_back == 2);
    REQUIRE(second.step);
    CHECK(second.step->count == 2);
    const LadderState later = state(twice, ladder(), day(2022, 3, 1));  // 24 months after the first
    CHECK(later.in_look_back == 1);
    REQUIRE(later.step);
    CHECK(later.step->count == 1);
    CHECK_FALSE(state(twice, ladder(), day(2023, 3, 1)).step);
}

TEST_CASE("a ladder that does not say how long an offence counts refuses its second step") {
    RulePack pack = ladder();
    pack.sanctions[0].look_back_months.reset();
    pack.sanctions[1].look_back_months.reset();
    const LadderState open = state({{day(2020, 1, 1), exceeds},
                                    {day(2020, 3, 1), exceeds},
                                    {day(2021, 1, 1), exceeds},
                                    {day(2021, 3, 1), exceeds}},
                                   pack);
    CHECK(open.look_back_unset);
    REQUIRE(open.step);
    CHECK(open.step->count == 1);
    CHECK_FALSE(state({{day(2020, 1, 1), exceeds}, {day(2020, 3, 1), exceeds}, {day(2020, 9, 1), within}}, pack).step);
}

TEST_CASE("without a window the next independent measurement confirms") {
    RulePack pack = ladder();
    pack.grace_days.reset();
    const LadderState at_once = state({{day(2021, 1, 1), exceeds}, {day(2021, 1, 2), exceeds}}, pack);
    CHECK(at_once.offences.size() == 1);
    CHECK_FALSE(at_once.correct_until);
}

TEST_CASE("false accusations over the look-back are what counting every outcome gives") {
    CHECK(false_accusation(0).once == 0);
    CHECK(false_accusation(1).once == Approx(0.05));
    CHECK(false_accusation(1).confirmed == Approx(0).margin(1e-15));
    CHECK(false_accusation(2).once == Approx(0.0975));
    CHECK(false_accusation(2).confirmed == Approx(0.0025));
    for (int n = 0; n <= 12; ++n)
        CHECK(false_accusation(n, 0.2).confirmed == Approx(two_in_a_row(n, 0.2)).margin(1e-12));
    // 24 months at one visit in three months
    CHECK(measurements_in_look_back(ladder()) == 8);
    CHECK_FALSE(measurements_in_look_back(cato()));
}
