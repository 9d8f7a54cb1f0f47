#include "livelihoods/access_reach.hpp"

#include "tests/livelihoods/plots.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

Household family(std::string id, std::string region, std::optional<geo::Point> home) {
    Household household;
    household.id = std::move(id);
    household.region_id = std::move(region);
    household.home = home;
    return household;
}

Delivery food(std::string household, std::string region, std::optional<geo::Date> delivered) {
    Delivery row;
    row.household_id = std::move(household);
    row.region_id = std::move(region);
    row.promised_on = day(2018, 1, 1);
    row.delivered_on = delivered;
    row.confirmation = Confirmation::confirmed;
    return row;
}

GrowingPlot growing(const regions::Plot& plot, std::string region, geo::Point middle) {
    return {&plot, nullptr, std::move(region), middle};
}

}  // namespace

TEST_CASE(
    "a growing area is reached by its own family's delivery, else by a served family near, else by its region's") {
    const std::vector<Household> households{family("served", "R", geo::Point{0, 0}),
                                            family("promised", "R", geo::Point{100, 0}),
                                            family("far", "S", std::nullopt)};
    const std::vector<Delivery> deliveries{food("served", "R", day(2018, 5, 1)), food("promised", "R", std::nullopt),
                                           food("far", "S", day(2018, 5, 1))};
    const DeliveryReach reach = delivery_reach(households, deliveries, day(2018, 12, 31));
    CHECK(reach.delivered == std::vector<bool>{true, false, true});
    CHECK(reach.promised == std::vector<bool>{true, true, true});
    const regions::Plot nobodys = corner_plot("a", "", 10'000);
    const regions::Plot own = corner_plot("b", "promised", 20'000);
    const std::vector<GrowingPlot> plots{growing(nobodys, "R", {500, 0}),    growing(nobodys, "R", {5000, 0}),
                                         growing(own, "R", {10, 0}),         growing(nobodys, "S", {90'000, 0}),
                                         growing(nobodys, "T", {90'000, 0}), growing(nobodys, "", {90'000, 0})};
    const auto rows = plot_reach(plots, households, reach, geo::Metres(1000));
    CHECK_FALSE(rows[0].missing);
    CHECK(rows[0].nearest->value() == Approx(500));
    CHECK(rows[1].missing == NotReached::no_reached_family_near);
    CHECK(rows[2].missing == NotReached::family_without_delivery);
    CHECK_FALSE(rows[3].missing);  // nobody's home is known in S, and somebody there was served
    CHECK(rows[4].missing == NotReached::no_delivery_in_region);
    CHECK(rows[5].missing == NotReached::outside_regions);

    const AccessTo access{"market", "km", {2, 4}, {1.0, 2.0, std::nullopt}, {1.0, 3.0, 3.0, 9.0, 9.0, std::nullopt}};
    const auto bands = reach_by_access(access, reach, plots, rows);
    REQUIRE(bands.size() == 4);
    CHECK(bands[0].registered == 2);  // 2 km belongs to the band that ends there
    CHECK(bands[0].delivered == 1);
    CHECK(*bands[0].delivered_share == Approx(0.5));
    CHECK(bands[0].crop.value() == Approx(1));
    CHECK(bands[0].crop_reached.value() == Approx(1));
    CHECK(bands[1].crop.value() == Approx(3));
    CHECK(bands[1].crop_reached.value() == 0);
    CHECK(*bands[2].from == 4);
    CHECK_FALSE(bands[2].to);
    CHECK(bands[2].crop.value() == Approx(2));
    CHECK(bands[2].crop_reached.value() == Approx(1));
    CHECK_FALSE(bands[3].from);
    CHECK(bands[3].registered == 1);
}

TEST_CASE("a road for everybody in the region reaches every family of it") {
    const std::vector<Household> households{family("a", "R", std::nullopt), family("b", "S", std::nullopt)};
    const std::vector<Delivery> deliveries{food("", "R", day(2018, 5, 1))};
    CHECK(delivery_reach(households, deliveries, day(2018, 12, 31)).delivered == std::vector<bool>{true, false});
    CHECK(delivery_reach(households, deliveries, day(2018, 4, 30)).delivered == std::vector<bool>{false, false});
}
