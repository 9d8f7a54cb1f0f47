#include <cmath>
#include <map>

#include "regions/flow_ledger.hpp"
#include "tests/regions/panel_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::regions;
using namespace vereda::tests;

TEST_CASE("area that vanished is matched with the nearest area that appeared") {
    const CropPanel panel = row_of_cells({{10, 4}, {0, 5}, {0, 0}, {0, 3}}, 2000);
    const FlowLedger ledger = flow_ledger(panel, UnitIndex(panel.units), {}, 1, {1});
    REQUIRE(ledger.flows.size() == 2);
    CHECK(ledger.flows[0].origin_id == "c00");
    CHECK(ledger.flows[0].destination_id == "c01");
    CHECK(ledger.flows[0].distance_m == 1000);
    // Six hectares left for eight: five stay near, one goes on; two have no origin.
    CHECK(ledger.flows[0].area_ha == Approx(5));
    CHECK(ledger.flows[1].area_ha == Approx(1));
    REQUIRE(ledger.balance.size() == 1);
    CHECK(ledger.balance[0].lost_ha == 6);
    CHECK(ledger.balance[0].lost_unmatched_ha == Approx(0).margin(1e-9));
    CHECK(ledger.balance[0].gained_unmatched_ha == Approx(2));
}

TEST_CASE("area farther apart than the cap stays unmatched, and waiting counts as way") {
    const CropPanel panel = row_of_cells({{5, 0, 0}, {0, 0, 5}}, 2000);
    FlowPlan plan;
    plan.cap = geo::Metres(900);
    CHECK(flow_ledger(panel, UnitIndex(panel.units), plan, 1, {1}).flows.empty());
    plan.cap = geo::Metres(5000);  // 1,000 m and a year's 5,000 m are more
    CHECK(flow_ledger(panel, UnitIndex(panel.units), plan, 1, {1}).flows.empty());
    plan.cap = geo::Metres(7000);
    const FlowLedger ledger = flow_ledger(panel, UnitIndex(panel.units), plan, 1, {1});
    REQUIRE(ledger.flows.size() == 1);
    CHECK(ledger.flows[0].from_year == 2000);
    CHECK(ledger.flows[0].to_year == 2002);
}

TEST_CASE("every loss and gain of a panel balances below 1e-9, and years not seen lose nothing") {
    MadePanel made = make_panel({}, 5);
    made.panel.crop_ha[10][3] = std::nullopt;
    const FlowLedger ledger = flow_ledger(made.panel, UnitIndex(made.panel.units), {}, 1, {2});
    std::map<int, double> matched_from;
    std::map<int, double> matched_to;
    for (const FlowRow& row : ledger.flows) {
        matched_from[row.from_year] += row.area_ha;
        matched_to[row.to_year] += row.area_ha;
        CHECK(row.area_lo_ha <= row.area_ha);
        CHECK(row.area_ha <= row.area_hi_ha);
    }
    for (const FlowBalance& balance : ledger.balance) {
        CHECK(matched_from[balance.from_year] + balance.lost_unmatched_ha == Approx(balance.lost_ha).margin(1e-7));
        CHECK(matched_to[balance.to_year] + balance.gained_unmatched_ha == Approx(balance.gained_ha).margin(1e-7));
    }
}
