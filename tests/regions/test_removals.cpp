#include "geo/diagnostic.hpp"
#include "regions/adding_up.hpp"
#include "regions/removals.hpp"
#include "tests/regions/panel_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::regions;
using namespace vereda::tests;

namespace {

EradicationEvent event(std::string id, geo::Geometry place, std::optional<double> hectares) {
    EradicationEvent result;
    result.id = std::move(id);
    result.date = geo::Date(std::chrono::year(2002) / 5 / 1);
    result.kind = EradicationKind::community;
    result.place = std::move(place);
    if (hectares) result.reported = geo::Hectares(*hectares);
    return result;
}

}  // namespace

TEST_CASE("events hit the nearest unit, those under their polygon, or their region") {
    const CropPanel panel = row_of_cells({{1, 2, 3}, {1, 2, 3}, {1, 2, 3}, {1, 2, 3}}, 2000, {"a", "a", "b", "b"});
    const UnitIndex index(panel.units);
    geo::Polygon polygon;
    polygon.outer = {{-100, -100}, {-100, 100}, {1100, 100}, {1100, -100}, {-100, -100}};
    EradicationEvent by_region = event("region", {}, 5);
    by_region.region_id.assign(1, 'b');
    EradicationEvent pruned = event("pruned", geo::Points{{{0, 0}}}, 5);
    pruned.kind = EradicationKind::pruned_or_renewed;
    const std::vector<EradicationEvent> events{event("point", geo::Points{{{2100, 50}}}, 5),
                                               event("polygon", geo::MultiPolygon{polygon}, 5), by_region, pruned,
                                               event("far", geo::Points{{{90000, 0}}}, 5)};
    geo::Diagnostics diagnostics;
    const auto removals = removals_on(panel, index, events, diagnostics);
    REQUIRE(removals.size() == 3);
    CHECK(removals[0].event_id == "point");
    CHECK(removals[0].targets == std::vector<std::size_t>{2});
    CHECK(removals[1].targets == std::vector<std::size_t>{0, 1});
    CHECK(removals[2].targets == std::vector<std::size_t>{2, 3});
    CHECK(diagnostics.count(geo::Severity::warning) == 1);
}

TEST_CASE("an event without hectares removed what was mapped there before") {
    const CropPanel panel = row_of_cells({{1, 7, 3}, {0, 0, 0}}, 2000);
    const UnitIndex index(panel.units);
    geo::Diagnostics diagnostics;
    const std::vector<EradicationEvent> events{event("mapped", geo::Points{{{0, 0}}}, std::nullopt),
                                               event("nothing", geo::Points{{{1000, 0}}}, std::nullopt)};
    const auto removals = removals_on(panel, index, events, diagnostics);
    REQUIRE(removals.size() == 1);
    CHECK(removals[0].hectares == 7);
    CHECK(diagnostics.count(geo::Severity::warning) == 1);
}

TEST_CASE("the adding-up table holds every seen hectare once") {
    CropPanel panel = row_of_cells({{5, 5, 1}, {2, 2, 4}, {3, std::nullopt, 3}, {1, 1, 2}, {7, 7, 9}, {4, 4, 8}}, 2000,
                                   {"a", "a", "a", "a", "b", "c"});
    panel.units[5].abroad = true;
    const UnitIndex index(panel.units);
    Removal removal{"e", 2002, EradicationKind::aerial, 4, {0}};
    const std::vector<Removal> removals{removal};
    const auto rows = adding_up(panel, index, removals, geo::Metres(1500));
    REQUIRE(rows.size() == 5);  // only 2001-2002 has a removal; the whole period is that pair
    double before = 0;
    double after = 0;
    for (const AddingUpRow& row : rows) {
        before += row.before_ha;
        after += row.after_ha;
    }
    CHECK(before == 5 + 2 + 1 + 7 + 4);
    CHECK(after == 1 + 4 + 2 + 9 + 8);
    CHECK(rows[0].place == AddingUpPlace::targets);
    CHECK(rows[0].removed_ha == 4);
    CHECK(rows[1].after_ha == 4);                      // the belt: the cell 1 km away
    CHECK(rows[2].unseen_units == 1);                  // the unseen cell of the same region
    CHECK(rows[3].after_ha == 9);                      // another region
    CHECK(rows[4].after_ha - rows[4].before_ha == 4);  // abroad
}
