#include "livelihoods/aid_conflict.hpp"

#include "tests/livelihoods/plots.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

Delivery delivery(std::string region, std::string programme, std::optional<geo::Date> promised,
                  std::optional<geo::Date> delivered) {
    Delivery row;
    row.household_id = "h";
    row.region_id = std::move(region);
    row.programme_id = std::move(programme);
    row.promised_on = promised;
    row.delivered_on = delivered;
    return row;
}

regions::EradicationEvent event(std::string region, geo::Date date, regions::EradicationKind kind, std::string agency,
                                std::optional<double> hectares = {}) {
    regions::EradicationEvent result;
    result.id = "E";
    result.date = date;
    result.kind = kind;
    result.region_id = std::move(region);
    result.agency = std::move(agency);
    if (hectares) result.reported = geo::Hectares(*hectares);
    return result;
}

std::vector<Programme> programmes() {
    std::vector<Programme> rows(2);
    rows[0].id = "DAV";
    rows[0].agency = "Cooperación";
    rows[0].kind = "alternative_development";
    rows[1].id = "ERR";
    rows[1].agency = "Fuerza de Tarea";
    rows[1].kind = "eradication";
    return rows;
}

using regions::EradicationKind;

}  // namespace

TEST_CASE("aid and eradication in one place and quarter name both owners") {
    const std::vector<Delivery> deliveries{delivery("R", "DAV", day(2018, 7, 1), day(2018, 9, 30)),
                                           delivery("S", "DAV", day(2018, 7, 1), {})};
    const std::vector<regions::EradicationEvent> events{
        event("R", day(2018, 8, 15), EradicationKind::manual_forced, "Policía", 2.5),
        event("R", day(2018, 9, 1), EradicationKind::manual_forced, "Policía"),
        event("R", day(2018, 10, 1), EradicationKind::manual_forced, "Policía", 9),  // another quarter
        event("S", day(2018, 8, 1), EradicationKind::voluntary, "Sindicato", 1)};    // by agreement
    const auto rows = aid_conflicts(programmes(), deliveries, events);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].region_id == "R");
    CHECK(rows[0].quarter == "2018-Q3");
    CHECK(rows[0].aid_owner == "Cooperación");
    CHECK(rows[0].eradication_owner == "Policía");
    CHECK(rows[0].promised == 1);
    CHECK(rows[0].delivered == 1);
    CHECK(rows[0].events == 2);
    CHECK(rows[0].reported->value() == Approx(2.5));
}

TEST_CASE("an owner that no row tells is taken from the only programme that eradicates, else left empty") {
    const std::vector<Delivery> deliveries{delivery("R", "X", day(2018, 7, 1), {})};
    const std::vector<regions::EradicationEvent> events{event("R", day(2018, 8, 1), EradicationKind::aerial, "")};
    CHECK(aid_conflicts(programmes(), deliveries, events).at(0).eradication_owner == "Fuerza de Tarea");
    CHECK(aid_conflicts(programmes(), deliveries, events).at(0).aid_owner == "X");
    CHECK(aid_conflicts({}, deliveries, events).at(0).eradication_owner.empty());
}
