#include "livelihoods/count_interval.hpp"

#include <random>
#include <vector>

#include "tests/support/catch.hpp"

using namespace vereda::livelihoods;

TEST_CASE("events that are sure or impossible leave no interval") {
    const std::vector<double> sure{1, 1, 0, 1};
    const CountInterval count = count_interval(sure);
    CHECK(count.expected == 3);
    CHECK(count.lo == 3);
    CHECK(count.hi == 3);
    CHECK(count_interval({}).hi == 0);
}

TEST_CASE("equal chances give the binomial's quantiles") {
    // Binomial(10, 0.5): P(X <= 1) = 11/1024 = 0.0107, P(X <= 2) = 56/1024 = 0.0547.
    const CountInterval coins = count_interval(std::vector<double>(10, 0.5));
    CHECK(coins.expected == 5);
    CHECK(coins.lo == 2);
    CHECK(coins.hi == 8);
    // Binomial(3, 0.01): P(X >= 1) = 0.0297, P(X >= 2) = 0.0003.
    const CountInterval rare = count_interval(std::vector<double>(3, 0.01));
    CHECK(rare.lo == 0);
    CHECK(rare.hi == 1);
}

TEST_CASE("the interval holds the count in at least 95 of 100 simulated sets of plots, one by one or many") {
    std::mt19937_64 random(77);
    std::uniform_real_distribution<double> share(0, 1);
    for (const std::size_t events : {std::size_t{30}, std::size_t{2500}}) {
        std::vector<double> chances(events);
        for (double& p : chances)
            p = share(random) * share(random);
        const CountInterval told = count_interval(chances);
        int held = 0;
        constexpr int rounds = 2000;
        for (int round = 0; round < rounds; ++round) {
            long happened = 0;
            for (const double p : chances)
                happened += share(random) < p;
            held += told.lo <= happened && happened <= told.hi;
        }
        INFO(events << " events, " << told.lo << " to " << told.hi);
        CHECK(held >= 0.94 * rounds);
        CHECK(held <= 0.995 * rounds);
    }
}
