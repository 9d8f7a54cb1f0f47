#include "livelihoods/catchment.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>

#include "tests/support/catch.hpp"

using namespace vereda::livelihoods;

TEST_CASE("places fill with the nearest first, and who finds no room goes to the next") {
    const std::vector<ServicePlace> places{{"clinic", "A", 2.0}, {"clinic", "B", 1.0}};
    const CostTable cost{{1, 2, 3, 9}, {5, 4, 6, 7}};
    const std::vector<double> people{1, 1, 1, 1};
    const Catchments result = catchments(places, cost, people, 0, "km");
    CHECK(result.assigned[0] == 0U);
    CHECK(result.assigned[1] == 0U);
    CHECK(result.assigned[2] == 1U);  // A is full with the two that live nearer
    CHECK_FALSE(result.assigned[3]);
    REQUIRE(result.rows.size() == 3);
    CHECK(result.rows[0].place.empty());
    CHECK(result.rows[0].people == 1);
    CHECK(result.rows[1].place == "A");
    CHECK(result.rows[1].nearest_people == 3);
    CHECK(result.rows[1].people == 2);
    CHECK(*result.rows[1].farthest == 2);
    CHECK(result.rows[2].nearest_people == 1);
}

TEST_CASE("no way and too far are not served; no capacity is no limit") {
    const double none = std::numeric_limits<double>::infinity();
    const std::vector<ServicePlace> places{{"school", "A", std::nullopt}};
    const std::vector<double> people{4, 5, 6};
    const Catchments result = catchments(places, {{1, none, 8}}, people, 5, "h");
    CHECK(result.assigned[0] == 0U);
    CHECK_FALSE(result.assigned[1]);
    CHECK_FALSE(result.assigned[2]);
    CHECK(result.rows[0].people == 11);
    CHECK(result.rows[1].people == 4);
}

TEST_CASE("law: capacities hold, everybody is counted once, and no two families would both gain by trading places") {
    std::mt19937_64 random(17);
    std::uniform_real_distribution<double> far(0, 10);
    for (int round = 0; round < 100; ++round) {
        const std::size_t families = 30;
        std::vector<ServicePlace> places;
        CostTable cost;
        for (int p = 0; p < 4; ++p) {
            places.push_back({"clinic", "P" + std::to_string(p), static_cast<double>(random() % 10)});
            cost.emplace_back();
            for (std::size_t f = 0; f < families; ++f)
                cost.back().push_back(far(random));
        }
        const std::vector<double> people(families, 1.0);
        const Catchments result = catchments(places, cost, people, 0, "km");
        double counted = 0;
        for (const CatchmentRow& row : result.rows) {
            counted += row.people;
            if (row.capacity) CHECK(row.people <= *row.capacity);
        }
        CHECK(counted == Approx(static_cast<double>(families)));
        // Stability: a family that would prefer a place finds it full of families that live nearer to it.
        for (std::size_t f = 0; f < families; ++f) {
            const double own =
                result.assigned[f] ? cost[*result.assigned[f]][f] : std::numeric_limits<double>::infinity();
            for (std::size_t p = 0; p < places.size(); ++p) {
                if (cost[p][f] >= own) continue;
                double inside = 0;
                for (std::size_t other = 0; other < families; ++other) {
                    if (result.assigned[other] != p) continue;
                    ++inside;
                    CHECK(cost[p][other] <= cost[p][f]);
                }
                CHECK(inside == *places[p].capacity);
            }
        }
    }
}
