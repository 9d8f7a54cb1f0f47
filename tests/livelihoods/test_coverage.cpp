#include "livelihoods/coverage.hpp"

#include <random>
#include <set>

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

const CoverageRow* find(const std::vector<CoverageRow>& rows, std::string_view region, std::string_view period,
                        std::string_view component, std::string_view group = "all") {
    for (const CoverageRow& row : rows)
        if (row.region_id == region && row.period == period && row.component == component && row.group == group &&
            row.sex == "all" && row.ethnicity == "all")
            return &row;
    return nullptr;
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

    CHECK(find(rows, "R", "2016", "food") == nullptr);  // nobody was registered yet
    const CoverageRow* food = find(rows, "R", "2018", "food");
    REQUIRE(food != nullptr);
    CHECK(food->registered == 3);
    CHECK(food->promised == 2);
    CHECK(food->delivered == 1);
    CHECK(food->confirmed == 1);
    CHECK(food->disputed == 1);
    CHECK(*food->delivered_share == Approx(1.0 / 3));
    const CoverageRow* later = find(rows, "R", "2019", "food");
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
        const CoverageRow* row = find(rows, region, "2018", "food");
        REQUIRE(row != nullptr);
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
