#include <cmath>

#include "simulate/noise.hpp"
#include "simulate/random.hpp"
#include "tests/support/catch.hpp"

using namespace vereda::simulate;

TEST_CASE("the same seed and stream give the same numbers, another stream gives others") {
    Random a(7, "plots");
    Random b(7, "plots");
    Random other_stream(7, "clouds");
    Random other_seed(8, "plots");
    const std::uint64_t first = a.bits();
    CHECK(first == b.bits());
    CHECK(first != other_stream.bits());
    CHECK(first != other_seed.bits());
}

TEST_CASE("the mixer is SplitMix64's: its published first outputs for seed 0") {
    // Reference: Vigna's splitmix64.c; state 0 advanced by the golden gamma once and twice, then mixed.
    CHECK(mixed(0x9E3779B97F4A7C15ULL) == 0xE220A8397B1DCDAFULL);
    CHECK(mixed(2 * 0x9E3779B97F4A7C15ULL) == 0x6E789E6AA1B965F4ULL);
}

TEST_CASE("normal numbers have the mean and spread that were asked for") {
    Random random(3, "law");
    const int count = 20000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; ++i) {
        const double x = random.normal(5, 2);
        sum += x;
        squares += (x - 5) * (x - 5);
    }
    CHECK(sum / count == Approx(5).margin(0.06));  // 4 standard errors
    CHECK(std::sqrt(squares / count) == Approx(2).epsilon(0.02));
}

TEST_CASE("uniform integers reach both ends and weights decide picks") {
    Random random(4, "law");
    int ends = 0;
    int heavy = 0;
    const double weights[] = {0.0, 1.0, 3.0};
    for (int i = 0; i < 8000; ++i) {
        const int die = random.integer(1, 6);
        CHECK((die >= 1 && die <= 6));
        ends += die == 1 || die == 6;
        const std::size_t pick = random.pick(weights);
        CHECK(pick != 0);
        heavy += pick == 2;
    }
    CHECK(ends == Approx(8000.0 / 3).epsilon(0.08));
    CHECK(heavy == Approx(6000).epsilon(0.04));
}

TEST_CASE("noise is continuous, zero at its lattice and about zero on average") {
    const Noise noise(11, 100);
    CHECK(noise.at({300, -200}) == Approx(0).margin(1e-12));
    double sum = 0;
    for (int i = 0; i < 4000; ++i) {
        const vereda::geo::Point p{i * 13.7, i * 7.3};
        const double here = noise.fractal(p, 4);
        CHECK(std::abs(here) <= 1.2);
        CHECK(std::abs(here - noise.fractal({p.x + 0.01, p.y}, 4)) < 0.01);
        sum += here;
    }
    CHECK(sum / 4000 == Approx(0).margin(0.03));
}
