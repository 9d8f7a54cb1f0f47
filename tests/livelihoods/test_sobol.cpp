#include "livelihoods/sobol.hpp"

#include <array>
#include <cmath>
#include <numbers>

#include "geo/random.hpp"
#include "tests/support/catch.hpp"

using namespace vereda::livelihoods;

TEST_CASE("first-order and total indices of the Ishigami function agree with its closed form") {
    // f = sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1 on [-π, π]³: S = 0.3139, 0.4424, 0; ST = 0.5576, 0.4424, 0.2437
    // (T. Ishigami, T. Homma, ISUMA 1990).
    const auto f = [](const std::array<double, 3>& x) {
        return std::sin(x[0]) + 7 * std::sin(x[1]) * std::sin(x[1]) + 0.1 * std::pow(x[2], 4) * std::sin(x[0]);
    };
    const std::size_t n = 40'000;
    vereda::geo::Random random(1, "ishigami");
    std::vector<double> a;
    std::vector<double> b;
    std::vector<std::vector<double>> ab(3);
    for (std::size_t i = 0; i < n; ++i) {
        std::array<double, 3> x{};
        std::array<double, 3> y{};
        for (std::size_t k = 0; k < 3; ++k) {
            x[k] = random.uniform(-std::numbers::pi, std::numbers::pi);
            y[k] = random.uniform(-std::numbers::pi, std::numbers::pi);
        }
        a.push_back(f(x));
        b.push_back(f(y));
        for (std::size_t k = 0; k < 3; ++k) {
            std::array<double, 3> mixed = x;
            mixed[k] = y[k];
            ab[k].push_back(f(mixed));
        }
    }
    const auto indices = sobol_indices(a, b, ab);
    CHECK(indices[0].first == Approx(0.3139).margin(0.02));
    CHECK(indices[1].first == Approx(0.4424).margin(0.02));
    CHECK(indices[2].first == Approx(0.0).margin(0.02));
    CHECK(indices[0].total == Approx(0.5576).margin(0.02));
    CHECK(indices[1].total == Approx(0.4424).margin(0.02));
    CHECK(indices[2].total == Approx(0.2437).margin(0.02));
}

TEST_CASE("an output that never varies has no indices") {
    const std::vector<double> same(10, 3.0);
    const auto indices = sobol_indices(same, same, std::vector<std::vector<double>>{same});
    CHECK(indices[0].first == 0);
    CHECK(indices[0].total == 0);
}
