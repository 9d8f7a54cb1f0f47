#include <algorithm>

#include "geo/error.hpp"
#include "regions/crop.hpp"
#include "regions/eradication.hpp"
#include "regions/plot_ground.hpp"
#include "regions/zone.hpp"
#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;

TEST_CASE("a survey's plots are repaired, measured and sorted; those without area are left out aloud") {
    geo::Diagnostics diagnostics;
    geo::MultiPolygon line(1);
    line[0].outer = {{0, 0}, {50, 0}, {0, 0}, {0, 0}};
    const auto result = survey(
        2020,
        {plot("c", rectangle(0, 0, 40, 40)), plot("a", bow_tie(100, 0, 20)), plot("null", {}), plot("line", line)},
        diagnostics);
    REQUIRE(result.plots.size() == 2);
    CHECK(result.plots[0].id == "a");
    CHECK(result.plots[0].area.value() == Approx(800).epsilon(1e-6));  // two triangles of 40 m by 20 m
    CHECK(result.plots[1].area.value() == Approx(1600).epsilon(1e-8));
    CHECK(count_of(diagnostics, "plots.no_area") == 2);
    CHECK(count_of(diagnostics, "plots.repaired") >= 1);
}

TEST_CASE("plots with missing or repeated ids are refused within one survey") {
    geo::Diagnostics diagnostics;
    CHECK_THROWS_WITH(survey(2020, {plot("", rectangle(0, 0, 1, 1))}, diagnostics),
                      ContainsSubstring("plots.id_missing"));
    CHECK_THROWS_WITH(survey(2020, {plot("x", rectangle(0, 0, 1, 1)), plot("x", rectangle(5, 0, 6, 1))}, diagnostics),
                      ContainsSubstring("plots.id_duplicate"));
}

TEST_CASE("plots that overlap are one patch of ground, plots that touch are two") {
    geo::Diagnostics diagnostics;
    const auto result = survey(
        2020,
        {plot("a", rectangle(0, 0, 40, 40)), plot("b", rectangle(30, 0, 70, 40)), plot("c", rectangle(70, 0, 80, 40))},
        diagnostics);
    CHECK(count_of(diagnostics, "plots.overlap") == 1);
    const auto patches = regions::plot_ground(result, {1});
    REQUIRE(patches.size() == 2);
    CHECK(patches[0].plots == std::vector<std::size_t>{0, 1});
    CHECK(patches[0].area.value() == Approx(2800).epsilon(1e-8));
    CHECK(patches[1].area.value() == Approx(400).epsilon(1e-8));
}

TEST_CASE("names of kinds read back as the same kind") {
    for (const char* name :
         {"park", "indigenous", "collective", "prohibited", "registered", "traditional", "buffer", "abroad"})
        CHECK(regions::name_of(regions::zone_kind_named(name).value()) == name);
    for (const char* name :
         {"aerial", "manual_forced", "conditioned", "voluntary", "community", "unknown", "pruned_or_renewed"})
        CHECK(regions::name_of(regions::eradication_kind_named(name).value()) == name);
    for (const char* name : {"coca", "poppy"})
        CHECK(regions::name_of(regions::crop_named(name).value()) == name);
    CHECK_FALSE(regions::zone_kind_named("Park").has_value());
    CHECK_FALSE(regions::eradication_kind_named("").has_value());
    CHECK_FALSE(regions::crop_named("cannabis").has_value());
}
