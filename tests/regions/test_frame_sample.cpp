#include <cmath>
#include <random>

#include "geo/error.hpp"
#include "regions/frame_sample.hpp"
#include "regions/sample_size.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using regions::Frame;

TEST_CASE("crop of a stratum is its farmland times crop over farmland in the frames") {
    // Σp = 6, Σa = 40, A = 1000: 150. Residuals p − 0.15 a: −0.5, 0.5, 0: s² = 0.25; ā = 40/3;
    // SE = 1000 / (40/3) · √(0.25 / 3) = 21.6506…
    const auto rows =
        regions::estimate_from_frames({{"east", 1000}}, {{"east", 1, 10}, {"east", 2, 10}, {"east", 3, 20}});
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].stratum == "east");
    CHECK(rows[0].area.value == Approx(150));
    CHECK(rows[0].share == Approx(0.15));
    CHECK(rows[0].linear_se == Approx(21.650635).epsilon(1e-6));
    CHECK(rows[1].stratum == "total");
    CHECK(rows[1].area.value == Approx(150));
}

TEST_CASE("strata add up, and the bootstrap error is the linearised one where frames are many") {
    std::mt19937 random(5);
    std::uniform_real_distribution<double> land(50, 100), share(0, 0.2);
    std::vector<Frame> frames;
    for (int i = 0; i < 400; ++i) {
        const double a = land(random);
        frames.push_back({i % 2 == 0 ? "north" : "south", a * share(random), a});
    }
    const auto rows = regions::estimate_from_frames({{"north", 40'000}, {"south", 10'000}}, frames);
    REQUIRE(rows.size() == 3);
    CHECK(rows[2].area.value == Approx(rows[0].area.value + rows[1].area.value));
    for (const auto& row : rows)
        CHECK(row.area.se == Approx(row.linear_se).epsilon(0.05));
    CHECK(rows[2].linear_se == Approx(std::hypot(rows[0].linear_se, rows[1].linear_se)));
}

TEST_CASE("the bootstrap interval covers the truth about 95 times in 100") {
    // Farmland per frame uniform in 50-100, share of crop 10 percent on average, independent of it: the true ratio is
    // 0.1.
    std::mt19937 random(9);
    std::uniform_real_distribution<double> land(50, 100), share(0, 0.2);
    int covered = 0;
    constexpr int rounds = 400;
    for (int round = 0; round < rounds; ++round) {
        std::vector<Frame> frames;
        for (int i = 0; i < 60; ++i) {
            const double a = land(random);
            frames.push_back({"all", a * share(random), a});
        }
        const auto rows = regions::estimate_from_frames({{"all", 1000}}, frames, {.draws = 500});
        covered += rows[0].area.lo <= 100 && 100 <= rows[0].area.hi;
    }
    CHECK(covered > 0.90 * rounds);
    CHECK(covered < 0.98 * rounds);
}

TEST_CASE("frames that cannot be are refused") {
    CHECK_THROWS_AS(regions::estimate_from_frames({{"a", 10}}, {{"a", 3, 2}, {"a", 1, 2}}), geo::Error);
    CHECK_THROWS_AS(regions::estimate_from_frames({{"a", 10}}, {{"a", 1, 2}}), geo::Error);
    CHECK_THROWS_AS(regions::estimate_from_frames({{"a", 10}}, {{"a", 0, 0}, {"a", 0, 0}}), geo::Error);
    CHECK_THROWS_AS(regions::estimate_from_frames({{"a", 10}}, {{"b", 1, 2}, {"b", 1, 2}}), geo::Error);
}

TEST_CASE("the sample size of the example in Olofsson 2014 is 641 units") {
    // §5.1.1: expected user's accuracies 0.70, 0.60, 0.90, 0.95; weights of table 8; S(Ô) = 0.01.
    const auto plan = regions::plan_sample({{"deforestation", 200'000, .70},
                                            {"forest gain", 150'000, .60},
                                            {"stable forest", 3'200'000, .90},
                                            {"stable non-forest", 6'450'000, .95}},
                                           {.overall_se = 0.01, .least = 75});
    CHECK(plan.units == 641);
    long sum = 0;
    for (const auto& row : plan.strata)
        sum += row.proportional;
    CHECK(sum == 641);
    // Table 9: proportional 13, 10, 205, 413; the advised allocation keeps 75 for the two rare classes and spreads 491.
    CHECK(plan.strata[0].proportional == 13);
    CHECK(plan.strata[1].proportional == 10);
    CHECK(plan.strata[2].proportional == 205);
    CHECK(plan.strata[3].proportional == 413);
    CHECK(plan.strata[0].advised == 75);
    CHECK(plan.strata[1].advised == 75);
    CHECK(plan.strata[2].advised + plan.strata[3].advised == 491);
    CHECK(plan.optimal_se <= plan.proportional_se);
    CHECK(plan.optimal_se <= 0.0101);
}
