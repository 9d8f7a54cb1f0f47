#include <cmath>

#include "geo/random.hpp"
#include "regions/wild_bootstrap.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::regions;

TEST_CASE("the estimate and its cluster-robust error follow from the clusters' sums") {
    // One row a cluster with x = 1: the mean, and the standard error of a mean.
    const std::vector<ClusterSums> sums{{1, 1}, {3, 1}, {4, 1}, {8, 1}};
    const WildBootstrap wild(sums, 199, 1);
    CHECK(wild.estimate() == Approx(4));
    // Squares 9 + 1 + 0 + 16 = 26; times 4/3, root, over 4.
    CHECK(*wild.standard_error() == Approx(std::sqrt(26 * 4.0 / 3) / 4));
    CHECK(wild.effective_clusters() == Approx(4));
}

TEST_CASE("the interval holds what its test does not refuse") {
    geo::Random random(3, "wild-test");
    std::vector<ClusterSums> sums;
    for (int c = 0; c < 30; ++c)
        sums.push_back({random.normal(0.3, 0.5), 1});
    const WildBootstrap wild(sums, 999, 1);
    const Interval interval = *wild.interval(0.95);
    CHECK(interval.lo < wild.estimate());
    CHECK(wild.estimate() < interval.hi);
    CHECK(wild.p_value(wild.estimate()) == Approx(1));
    CHECK(wild.p_value(interval.lo - 0.01) <= 0.05);
    CHECK(wild.p_value(interval.lo + 0.01) > 0.05);
    CHECK(wild.p_value(interval.hi + 0.01) <= 0.05);
    // A one-sided 5 % bound lies inside the two-sided 95 % interval.
    CHECK(*wild.upper_bound(0.05) < interval.hi);
    CHECK(*wild.upper_bound(0.05) > wild.estimate());
}

TEST_CASE("the wild bootstrap holds its size with few unequal clusters") {
    geo::Random random(17, "wild-size");
    int refused = 0;
    constexpr int rounds = 400;
    for (int i = 0; i < rounds; ++i) {
        std::vector<ClusterSums> sums;
        for (int c = 0; c < 12; ++c) {
            const double size = 1 + c;
            sums.push_back({random.normal(0, size), size});
        }
        refused += WildBootstrap(sums, 199, static_cast<std::uint64_t>(i)).p_value(0) <= 0.05;
    }
    // 5 % with three binomial standard deviations of 400 rounds (1.1 %) to each side.
    CHECK(refused > 0.015 * rounds);
    CHECK(refused < 0.085 * rounds);
}

TEST_CASE("one cluster gives an estimate and no interval") {
    const std::vector<ClusterSums> sums{{2, 1}};
    const WildBootstrap wild(sums, 99, 1);
    CHECK(wild.estimate() == 2);
    CHECK_FALSE(wild.interval(0.95));
    CHECK_FALSE(wild.upper_bound(0.05));
    CHECK_FALSE(WildBootstrap({}, 99, 1).estimable());
}
