#include "geo/error.hpp"
#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;

TEST_CASE("regions come out sorted by id with their ellipsoidal area") {
    geo::Diagnostics diagnostics;
    const auto set =
        region_set({region("b", rectangle(0, 0, 1000, 1000)), region("a", rectangle(1000, 0, 1500, 400))}, diagnostics);
    REQUIRE(set.regions().size() == 2);
    CHECK(set.regions()[0].id == "a");
    CHECK(set.regions()[0].area.value() == Approx(20.0).epsilon(1e-8));
    CHECK(set.regions()[1].area.value() == Approx(100.0).epsilon(1e-8));
    CHECK(set.find("b") == std::optional<std::size_t>(1));
    CHECK_FALSE(set.find("c").has_value());
    CHECK(diagnostics.sorted().empty());
}

TEST_CASE("unusable ids are refused, and the error names them") {
    geo::Diagnostics diagnostics;
    CHECK_THROWS_WITH(region_set({}, diagnostics), ContainsSubstring("regions.none"));
    CHECK_THROWS_WITH(region_set({region("", rectangle(0, 0, 1, 1))}, diagnostics),
                      ContainsSubstring("regions.id_missing"));
    try {
        region_set({region("7", rectangle(0, 0, 1, 1)), region("8", rectangle(1, 0, 2, 1)),
                    region("7", rectangle(2, 0, 3, 1))},
                   diagnostics);
        FAIL("a duplicate id was taken");
    } catch (const geo::Error& error) {
        CHECK(error.kind() == geo::ErrorKind::input);
        CHECK(error.message().id.text() == "regions.id_duplicate");
        CHECK(error.locus().file == "regions.gpkg");
        CHECK(error.locus().feature == "7");
    }
}

TEST_CASE("ids that look alike are warned of, leading zeros are not alike") {
    geo::Diagnostics diagnostics;
    const std::string composed = "Nari\xC3\xB1o";      // ñ as one code point
    const std::string decomposed = "NARIn\xCC\x83o ";  // n and a combining tilde
    region_set({region(composed, rectangle(0, 0, 1, 1)), region(decomposed, rectangle(1, 0, 2, 1)),
                region("007", rectangle(2, 0, 3, 1)), region("7", rectangle(3, 0, 4, 1))},
               diagnostics);
    CHECK(count_of(diagnostics, "regions.id_look_alike") == 1);
}

TEST_CASE("a bow-tie region keeps both lobes and says what changed") {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("tie", bow_tie(0, 0, 50))}, diagnostics);
    // Two triangles of base 100 m and height 50 m.
    CHECK(set.regions()[0].area.value() == Approx(0.5).epsilon(1e-6));
    REQUIRE(diagnostics.sorted().size() == 1);
    CHECK(diagnostics.sorted()[0].message.id.text() == "regions.repaired");
    CHECK(diagnostics.sorted()[0].locus.feature == "tie");
}

TEST_CASE("a region without geometry stays in the table and is never found by place") {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 10, 10)), region("empty", {})}, diagnostics);
    CHECK(set.regions().size() == 2);
    CHECK(set.regions()[1].area.value() == 0);
    CHECK(count_of(diagnostics, "regions.no_area") == 1);
    CHECK(set.near({{-1e6, -1e6}, {1e6, 1e6}}) == std::vector<std::size_t>{0});
}

TEST_CASE("overlapping regions are warned of with the area, neighbours that touch are not") {
    geo::Diagnostics diagnostics;
    region_set({region("a", rectangle(0, 0, 100, 100)), region("b", rectangle(100, 0, 200, 100)),
                region("c", rectangle(150, 0, 250, 100))},
               diagnostics);
    REQUIRE(count_of(diagnostics, "regions.overlap") == 1);
    const geo::MessageArguments arguments = diagnostics.sorted()[0].message.arguments;
    CHECK(arguments == geo::MessageArguments{{"id", "b"}, {"other", "c"}, {"area_ha", "0.5000"}});
}

TEST_CASE("a point on a border belongs to the lower id, one outside to none") {
    geo::Diagnostics diagnostics;
    const auto set = region_set(
        {region("east", rectangle(100, 0, 200, 100)), region("west", rectangle(0, 0, 100, 100))}, diagnostics);
    CHECK(set.region_at({50, 50}) == std::optional<std::size_t>(1));
    CHECK(set.region_at({100, 50}) == std::optional<std::size_t>(0));
    CHECK_FALSE(set.region_at({300, 50}).has_value());
}
