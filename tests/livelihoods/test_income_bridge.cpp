#include "livelihoods/income_bridge.hpp"

#include <algorithm>

#include "tests/livelihoods/plots.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

Household family(std::string id, HouseholdGroup group = HouseholdGroup::grower) {
    Household household;
    household.id = std::move(id);
    household.region_id = "R";
    household.group = group;
    return household;
}

Income money(std::string id, int year, unsigned month, IncomeSource source, double amount) {
    Income income;
    income.household_id = std::move(id);
    income.region_id = "R";
    income.month = std::chrono::year(year) / std::chrono::month(month);
    income.source = source;
    income.net_income = amount;
    return income;
}

regions::EradicationEvent removal(geo::Date date) {
    regions::EradicationEvent event;
    event.id = "E";
    event.date = date;
    event.kind = regions::EradicationKind::manual_forced;
    event.verified = regions::Answer::yes;
    event.region_id = "R";
    return event;
}

constexpr auto crop = IncomeSource::crop;
constexpr auto licit = IncomeSource::licit;
constexpr auto transfer = IncomeSource::transfer;

IncomeBridgeRow bridge(std::vector<Income> incomes, std::vector<regions::EradicationEvent> events = {},
                       geo::Date as_of = day(2020, 12, 31)) {
    const std::vector<Household> households{family("h")};
    return income_bridge(households, incomes, events, as_of).front();
}

}  // namespace

TEST_CASE("months run from the last crop income to the first licit income") {
    const auto row =
        bridge({money("h", 2018, 3, crop, 900), money("h", 2018, 5, transfer, 100), money("h", 2018, 6, transfer, 100),
                money("h", 2018, 7, licit, 0), money("h", 2018, 9, licit, 200), money("h", 2019, 4, licit, 200)});
    CHECK(row.state == BridgeState::bridged);
    CHECK(geo::to_iso(*row.crop_income_end) == "2018-03");
    CHECK(geo::to_iso(*row.first_licit_income) == "2018-09");
    CHECK(*row.months == 6);
    CHECK(*row.months_with_transfer == 2);
    CHECK(*row.months_without_any == 1);  // July was observed and empty
}

TEST_CASE("a harvest that may still come is not the end of crop income, a removal is") {
    const std::vector<Income> incomes{money("h", 2018, 3, crop, 900), money("h", 2018, 10, transfer, 50)};
    CHECK(bridge(incomes).state == BridgeState::still_growing);
    const auto row = bridge(incomes, {removal(day(2018, 5, 2))});
    CHECK(row.state == BridgeState::waiting);
    CHECK(*row.months == 7);  // March to October, and no licit income yet
    CHECK_FALSE(row.first_licit_income);
    // Crop income after the removal: it did not end the crop.
    CHECK(bridge({money("h", 2018, 3, crop, 900), money("h", 2018, 8, crop, 900), money("h", 2018, 10, licit, 1)},
                 {removal(day(2018, 5, 2))})
              .state == BridgeState::still_growing);
}

TEST_CASE("a licit income that runs already leaves no gap") {
    const auto row =
        bridge({money("h", 2018, 2, licit, 80), money("h", 2018, 3, crop, 900), money("h", 2019, 4, licit, 80)});
    CHECK(row.state == BridgeState::bridged);
    CHECK(*row.months == 0);
}

TEST_CASE("what is not told stays unknown, and the future is not used") {
    CHECK(bridge({}).state == BridgeState::unknown);
    CHECK(bridge({money("h", 2018, 3, licit, 10)}).state == BridgeState::no_crop_income);
    const auto before =
        bridge({money("h", 2018, 3, crop, 900), money("h", 2019, 3, transfer, 1), money("h", 2019, 9, licit, 200)}, {},
               day(2019, 6, 30));
    CHECK(before.state == BridgeState::waiting);
    CHECK(*before.months == 12);
    Income regional = money("", 2018, 3, crop, 900);
    CHECK(bridge({regional}).state == BridgeState::unknown);
}

TEST_CASE("a picker without a crop row waits from the region's first verified reduction") {
    const std::vector<Household> households{family("p", HouseholdGroup::picker),
                                            family("n", HouseholdGroup::non_grower)};
    const std::vector<Income> incomes{money("p", 2018, 6, transfer, 10), money("p", 2018, 11, licit, 10),
                                      money("n", 2018, 11, licit, 10)};
    const std::vector<regions::EradicationEvent> events{removal(day(2018, 5, 2))};
    const auto rows = income_bridge(households, incomes, events, day(2020, 12, 31));
    CHECK(rows[0].household_id == "n");
    CHECK(rows[0].state == BridgeState::no_crop_income);
    CHECK(*rows[1].months == 6);
}
