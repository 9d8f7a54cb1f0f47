#include "regions/leakage.hpp"
#include "regions/removals.hpp"
#include "tests/regions/panel_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace vereda::regions;
using namespace vereda::tests;

TEST_CASE("the displacement quotient of methods section 4 is -0.300") {
    const BeforeAfter sums{100, 60, 50, 58, 1000, 950, 10, 10, 100};
    REQUIRE(displacement_quotient(sums));
    CHECK(*displacement_quotient(sums) == Approx(-0.300).margin(5e-4));
    // (58/950 - 50/1000) / (60/950 - 100/1000)
    CHECK(*displacement_quotient(sums) == Approx((58.0 / 950 - 0.05) / (60.0 / 950 - 0.1)));
}

TEST_CASE("leakage compares the belt's gain with the targets' reduction, both beside the control") {
    // Control falls by 0.5 ha per unit: targets would have held 95, belt 45.
    const BeforeAfter sums{100, 60, 50, 58, 1000, 950, 10, 10, 100};
    REQUIRE(leakage(sums));
    CHECK(*leakage(sums) == Approx((58.0 - 45) / (95 - 60)));
}

TEST_CASE("without a reduction or without controls there is no leakage and no quotient") {
    CHECK_FALSE(leakage({100, 120, 50, 58, 1000, 1000, 10, 10, 100}));
    CHECK_FALSE(leakage({100, 60, 50, 58, 0, 0, 10, 10, 0}));
    CHECK_FALSE(displacement_quotient({100, 60, 50, 58, 0, 0, 10, 10, 0}));
}

TEST_CASE("leakage may be negative: diffusion of benefit") {
    CHECK(*leakage({100, 60, 50, 40, 1000, 1000, 10, 10, 100}) == Approx(-0.25));
}
