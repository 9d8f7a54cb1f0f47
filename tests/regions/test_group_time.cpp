#include "regions/group_time.hpp"
#include "tests/regions/panel_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace vereda::regions;
using namespace vereda::tests;

namespace {

const GroupTimeEffect* find(const std::vector<GroupTimeEffect>& effects, int group, int year) {
    for (const GroupTimeEffect& effect : effects)
        if (effect.group == group && effect.year == year) return &effect;
    return nullptr;
}

}  // namespace

TEST_CASE("group-time effects are differences of mean changes with units not yet treated") {
    // Two units treated in 2002, one in 2003, two never.
    const CropPanel panel =
        row_of_cells({{10, 12, 20, 25}, {20, 20, 26, 31}, {5, 6, 6, 16}, {8, 9, 9, 10}, {4, 5, 7, 8}}, 2000);
    const Cohorts cohorts{{2002, 2002, 2003, std::nullopt, std::nullopt}, {0, 0, 0, 0, 0}};
    const auto effects = group_time_effects(panel, cohorts, 0);
    // 2002 in 2002: changes since 2001: treated (8 + 6) / 2 = 7; not yet treated: 0, 0, 2 of three units.
    const GroupTimeEffect* now = find(effects, 2002, 2002);
    REQUIRE(now);
    CHECK(now->effect == Approx(7 - 2.0 / 3));
    CHECK(now->units == 2);
    CHECK(now->controls == 3);
    // 2002 in 2003: (13 + 11) / 2 = 12; the unit of 2003 is treated by then: controls 1 and 3.
    const GroupTimeEffect* later = find(effects, 2002, 2003);
    REQUIRE(later);
    CHECK(later->effect == Approx(12 - 2));
    CHECK(later->controls == 2);
    // 2003 in 2003: since 2002: 10; controls 1 and 1.
    const GroupTimeEffect* other = find(effects, 2003, 2003);
    REQUIRE(other);
    CHECK(other->effect == Approx(10 - 1));
}

TEST_CASE("a treated unit never serves as a control") {
    const CropPanel panel = row_of_cells({{10, 10, 20}, {10, 10, 90}, {10, 10, 11}}, 2000);
    const auto effects = group_time_effects(panel, {{2002, 2001, std::nullopt}, {0, 0, 0}}, 0);
    const GroupTimeEffect* effect = find(effects, 2002, 2002);
    REQUIRE(effect);
    CHECK(effect->effect == Approx(9));
    CHECK(effect->controls == 1);
}

TEST_CASE("anticipation moves the baseline back and keeps those about to be treated out of the controls") {
    const CropPanel panel = row_of_cells({{10, 14, 20}, {5, 5, 9}, {6, 7, 7}}, 2000);
    const auto effects = group_time_effects(panel, {{2002, 2003, std::nullopt}, {0, 0, 0}}, 1);
    const GroupTimeEffect* effect = find(effects, 2002, 2002);
    REQUIRE(effect);
    CHECK(effect->effect == Approx(10 - 1));
    CHECK(effect->controls == 1);
}

TEST_CASE("comparisons stay within a stratum, and years not seen drop a unit") {
    const CropPanel panel = row_of_cells({{1, 5}, {1, std::nullopt}, {1, 2}, {1, 50}}, 2000);
    const auto effects = group_time_effects(panel, {{2001, 2001, std::nullopt, std::nullopt}, {0, 0, 0, 1}}, 0);
    REQUIRE(effects.size() == 1);
    CHECK(effects[0].effect == Approx(3));
    CHECK(effects[0].units == 1);
}
