#include "livelihoods/coverage.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "geo/error.hpp"
#include "livelihoods/grower_estimate.hpp"
#include "tests/livelihoods/plots.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

Household household(std::string id, std::string region, HouseholdGroup group) {
    Household result;
    result.id = std::move(id);
    result.region_id = std::move(region);
    result.group = group;
    result.registered_on = day(2017, 6, 1);
    return result;
}

std::optional<CoverageRow> find(const CoverageRows& rows, std::string_view region, std::string_view period,
                                std::string_view component, std::string_view group = "all") {
    for (const CoverageRow& row : rows)
        if (row.region_id == region && row.period == period && row.component == component && row.group == group &&
            row.sex == "all" && row.ethnicity == "all")
            return row;
    return std::nullopt;
}

}  // namespace

TEST_CASE("coverage counts delivery, not enrolment, and pickers too") {
    const std::vector<Household> households{household("h1", "R", HouseholdGroup::grower),
                                            household("h2", "R", HouseholdGroup::picker),
                                            household("h3", "R", HouseholdGroup::grower)};
    std::vector<Delivery> deliveries(4);
    deliveries[0] = {"h1", "R", "P", Component::food, day(2018, 1, 1), day(2018, 5, 1), Confirmation::confirmed, {},
                     "",   {},  ""};
    deliveries[1] = {"h1", "R", "P", Component::food, day(2018, 6, 1), day(2018, 9, 1), Confirmation::disputed, {},
                     "",   {},  ""};
    deliveries[2] = {"h2", "R", "P", Component::food, day(2018, 1, 1), day(2019, 2, 1), Confirmation::payer_only, {},
                     "",   {},  ""};
    deliveries[3] = {"", "R", "P", Component::road, day(2018, 1, 1), day(2019, 2, 1), Confirmation::confirmed, {},
                     "", {},  ""};
    const std::vector<int> years{2016, 2018, 2019};
    geo::Diagnostics diagnostics;
    const auto rows = coverage(households, deliveries, years, diagnostics);

    CHECK_FALSE(find(rows, "R", "2016", "food"));  // nobody was registered yet
    const auto food = find(rows, "R", "2018", "food");
    REQUIRE(food);
    CHECK(food->registered == 3);
    CHECK(food->promised == 2);
    CHECK(food->delivered == 1);
    CHECK(food->confirmed == 1);
    CHECK(food->disputed == 1);
    CHECK(*food->delivered_share == Approx(1.0 / 3));
    const auto later = find(rows, "R", "2019", "food");
    CHECK(later->delivered == 2);
    CHECK(later->confirmed == 1);
    CHECK(find(rows, "R", "2019", "food", "picker")->delivered == 1);
    CHECK(find(rows, "R", "2019", "road")->delivered == 3);  // a road serves every registered household
    CHECK(find(rows, "R", "2018", "road")->delivered == 0);
    CHECK(find(rows, "R", "2019", "any")->delivered == 3);
}

TEST_CASE("counts agree with going through every household by hand") {
    std::mt19937_64 random(5);
    std::vector<Household> households;
    std::vector<Delivery> deliveries;
    for (int i = 0; i < 60; ++i)
        households.push_back(household("h" + std::to_string(i), i % 3 == 0 ? "A" : "B", HouseholdGroup::grower));
    for (int i = 0; i < 200; ++i) {
        Delivery delivery;
        delivery.household_id = "h" + std::to_string(random() % 60);
        delivery.component = random() % 2 == 0 ? Component::food : Component::credit;
        delivery.promised_on = day(2018, 1 + static_cast<unsigned>(random() % 12), 1);
        if (random() % 2 == 0)
            delivery.delivered_on =
                day(2018 + static_cast<int>(random() % 2), 1 + static_cast<unsigned>(random() % 12), 1);
        if (random() % 2 == 0) delivery.confirmation = Confirmation::confirmed;
        deliveries.push_back(delivery);
    }
    const std::vector<int> years{2018};
    geo::Diagnostics diagnostics;
    const auto rows = coverage(households, deliveries, years, diagnostics);
    for (const char* region : {"A", "B"}) {
        std::set<std::string> delivered;
        std::set<std::string> confirmed;
        long registered = 0;
        for (const Household& h : households) {
            if (h.region_id != region) continue;
            ++registered;
            for (const Delivery& d : deliveries) {
                if (d.household_id != h.id || d.component != Component::food) continue;
                if (!d.delivered_on || *d.delivered_on > day(2018, 12, 31)) continue;
                delivered.insert(h.id);
                if (d.confirmation == Confirmation::confirmed) confirmed.insert(h.id);
            }
        }
        const auto row = find(rows, region, "2018", "food");
        REQUIRE(row);
        CHECK(row->registered == registered);
        CHECK(row->delivered == static_cast<long>(delivered.size()));
        CHECK(row->confirmed == static_cast<long>(confirmed.size()));
    }
}

TEST_CASE("families on a list without date or number are not registered, unless nobody has either") {
    std::vector<Household> households{household("h1", "R", HouseholdGroup::grower),
                                      household("h2", "R", HouseholdGroup::grower)};
    households[1].registered_on.reset();
    const std::vector<int> years{2018};
    geo::Diagnostics diagnostics;
    CHECK(find(coverage(households, {}, years, diagnostics), "R", "2018", "any")->registered == 1);
    households[0].registered_on.reset();
    CHECK(find(coverage(households, {}, years, diagnostics), "R", "2018", "any")->registered == 2);
}

TEST_CASE("quarters hold the state on their last day, and the year that of its last quarter") {
    std::vector<Household> households{household("h1", "R", HouseholdGroup::grower),
                                      household("h2", "R", HouseholdGroup::picker)};
    households[1].registered_on = day(2018, 7, 1);
    std::vector<Delivery> deliveries(1);
    deliveries[0] = {"h1", "R", "P", Component::food, day(2018, 3, 31), day(2018, 10, 1), Confirmation::confirmed, {},
                     "",   {},  ""};
    const std::vector<int> years{2018};
    geo::Diagnostics diagnostics;
    const auto rows = coverage(households, deliveries, years, diagnostics);
    CHECK(find(rows, "R", "2018-Q1", "food")->promised == 1);  // the last day of the quarter counts
    CHECK(find(rows, "R", "2018-Q1", "food")->registered == 1);
    CHECK(find(rows, "R", "2018-Q2", "any")->registered == 1);
    CHECK(find(rows, "R", "2018-Q3", "any")->registered == 2);
    CHECK(find(rows, "R", "2018-Q3", "food")->delivered == 0);
    CHECK(find(rows, "R", "2018-Q4", "food")->delivered == 1);
    CHECK(find(rows, "R", "2018", "food")->delivered == 1);
    CHECK(*find(rows, "R", "2018", "food")->delivered_share == Approx(0.5));
    // Nothing of food was ever promised to pickers: zero from their first registration on, and nothing before.
    CHECK_FALSE(find(rows, "R", "2018-Q2", "food", "picker"));
    CHECK(find(rows, "R", "2018-Q4", "food", "picker")->promised == 0);
    CHECK(find(rows, "R", "2018-Q4", "food", "picker")->registered == 1);
    CHECK(std::ranges::is_sorted(rows, {}, [](const CoverageRow& row) {
        return std::tuple(row.region_id, row.period, row.group, row.sex, row.ethnicity, row.component);
    }));
}

TEST_CASE("law: in every quarter counts grow, confirmed is within delivered, and groups add up to all") {
    std::mt19937_64 random(21);
    std::vector<Household> households;
    std::vector<Delivery> deliveries;
    const std::array groups{HouseholdGroup::grower, HouseholdGroup::picker, HouseholdGroup::non_grower};
    for (int i = 0; i < 80; ++i) {
        households.push_back(household("h" + std::to_string(i), i % 2 == 0 ? "A" : "B", groups[random() % 3]));
        households.back().registered_on = day(2017, 1 + static_cast<unsigned>(random() % 12), 15);
    }
    for (int i = 0; i < 500; ++i) {
        Delivery delivery;
        delivery.household_id = random() % 20 == 0 ? "" : "h" + std::to_string(random() % 80);
        delivery.region_id = random() % 2 == 0 ? "A" : "B";
        delivery.component = static_cast<Component>(random() % 4);
        delivery.promised_on = day(2017 + static_cast<int>(random() % 3), 1 + static_cast<unsigned>(random() % 12), 1);
        if (random() % 2 == 0)
            delivery.delivered_on =
                day(2018 + static_cast<int>(random() % 2), 1 + static_cast<unsigned>(random() % 12), 9);
        if (random() % 2 == 0) delivery.confirmation = Confirmation::confirmed;
        deliveries.push_back(delivery);
    }
    const std::vector<int> years{2017, 2018, 2019};
    geo::Diagnostics diagnostics;
    const auto rows = coverage(households, deliveries, years, diagnostics);
    for (const CoverageRow& row : rows) {
        CHECK(row.confirmed <= row.delivered);
        CHECK(row.delivered <= row.registered);
        CHECK(row.promised <= row.registered);
        if (row.group != "all" || row.sex != "all" || row.ethnicity != "all") continue;
        long registered = 0;
        long delivered = 0;
        for (const char* group : {"grower", "picker", "non_grower"}) {
            const auto part = find(rows, row.region_id, row.period, row.component, group);
            if (!part) continue;
            registered += part->registered;
            delivered += part->delivered;
        }
        CHECK(delivered == row.delivered);
        CHECK(registered == row.registered);
        if (row.period.size() != 4) continue;
        const auto last_quarter = find(rows, row.region_id, std::string(row.period) + "-Q4", row.component);
        if (last_quarter) CHECK(last_quarter->delivered == row.delivered);
    }
}

TEST_CASE("growers are estimated from the crop on the land, with the interval of area and of hectares per family") {
    const std::vector<Household> households{household("h1", "R", HouseholdGroup::grower),
                                            household("h2", "R", HouseholdGroup::grower)};
    std::vector<Delivery> deliveries(1);
    deliveries[0] = {"h1", "R", "P", Component::food, day(2018, 1, 1), day(2018, 5, 1), Confirmation::confirmed, {},
                     "",   {},  ""};
    const std::vector<int> years{2018};
    geo::Diagnostics diagnostics;
    auto rows = coverage(households, deliveries, years, diagnostics);
    regions::PlotAreaRow area;
    area.region_id = "R";
    area.year = 2018;
    area.area = geo::Hectares(8);
    area.area_lo = geo::Hectares(6);
    area.area_hi = geo::Hectares(12);
    add_grower_estimates(rows, std::vector{area}, {0.8, 0.5, 1.2});
    const auto growers = find(rows, "R", "2018-Q3", "food", "grower");
    CHECK(*growers->growers_estimated == Approx(10));
    CHECK(*growers->growers_estimated_lo == Approx(5));
    CHECK(*growers->growers_estimated_hi == Approx(24));
    CHECK(*growers->delivered_share_of_growers == Approx(0.1));
    CHECK(*growers->delivered_share_of_growers_lo == Approx(1.0 / 24));
    CHECK(*growers->delivered_share_of_growers_hi == Approx(0.2));
    CHECK(*growers->delivered_share == Approx(0.5));  // of those who are registered
    CHECK(find(rows, "R", "2018", "food")->growers_estimated);
    CHECK_FALSE(find(rows, "R", "2018", "food")->delivered_share_of_growers);
    area.area.reset();  // not observed is not zero
    auto unseen = coverage(households, deliveries, years, diagnostics);
    add_grower_estimates(unseen, std::vector{area}, {0.8, 0.5, 1.2});
    CHECK_FALSE(find(unseen, "R", "2018", "food", "grower")->growers_estimated);
    CHECK_THROWS_AS(add_grower_estimates(rows, {}, {0.8, 0.9, 1.2}), geo::Error);
}

TEST_CASE("packed rows read as the rows that were put in, over more than one chunk") {
    std::mt19937_64 random(5);
    const std::array<std::string, 3> regions{"A", "B", "a region with a longer name than fits in place"};
    const std::array<std::string, 4> words{"all", "grower", "picker", "indígena"};
    std::vector<CoverageRow> given;
    CoverageRows rows;
    CHECK(rows.empty());
    for (int i = 0; i < 150'000; ++i) {
        CoverageRow row{regions[random() % 3], words[random() % 4], words[random() % 4],
                        words[random() % 4],   words[random() % 4], words[random() % 4]};
        row.registered = static_cast<long>(random() % 4'000'000'000);
        row.promised = static_cast<long>(random() % 1000);
        row.delivered = static_cast<long>(random() % 1000);
        row.confirmed = static_cast<long>(random() % 1000);
        row.disputed = static_cast<long>(random() % 1000);
        given.push_back(row);
        rows.push_back(row);
    }
    REQUIRE(rows.size() == given.size());
    const CoverageRows copy = rows;
    rows = {};
    std::size_t wrong = 0;
    std::size_t at = 0;
    for (const CoverageRow& row : copy) {
        const CoverageRow& expected = given[at++];
        const bool same = row.region_id == expected.region_id && row.period == expected.period &&
                          row.group == expected.group && row.sex == expected.sex &&
                          row.ethnicity == expected.ethnicity && row.component == expected.component &&
                          row.registered == expected.registered && row.promised == expected.promised &&
                          row.delivered == expected.delivered && row.confirmed == expected.confirmed &&
                          row.disputed == expected.disputed && !row.growers_estimated;
        if (!same) ++wrong;
    }
    CHECK(at == given.size());
    CHECK(wrong == 0);
}
