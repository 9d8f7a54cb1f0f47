#include "regions/plot_shape.hpp"

#include <cmath>
#include <random>

#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;

namespace {

/// Σ |∂centre/∂vertex|² / 2 by differences.
double response_by_differences(const geo::MultiPolygon& outline) {
    constexpr double step = 1e-4;
    double sum = 0;
    const std::size_t count = outline[0].outer.size() - 1;
    for (std::size_t i = 0; i < count; ++i) {
        for (double geo::Point::*axis : {&geo::Point::x, &geo::Point::y}) {
            geo::MultiPolygon moved = outline;
            moved[0].outer[i].*axis += step;
            moved[0].outer.back() = moved[0].outer.front();
            const geo::Point before = regions::shape_of(outline).centre;
            const geo::Point after = regions::shape_of(moved).centre;
            sum += (std::pow(after.x - before.x, 2) + std::pow(after.y - before.y, 2)) / (step * step);
        }
    }
    return sum / 2;
}

}  // namespace

TEST_CASE("a triangle's centre takes a third of its vertices' variance", "[tracks]") {
    geo::MultiPolygon triangle(1);
    triangle[0].outer = {{0, 0}, {10, 40}, {70, 5}, {0, 0}};
    CHECK(regions::shape_of(triangle).centre_response == Approx(1.0 / 3).epsilon(1e-9));
}

TEST_CASE("the response of a plot's centre is that of its outline moved vertex by vertex", "[tracks]") {
    std::mt19937 random(3);
    for (const int corners : {4, 5, 9, 30}) {
        CAPTURE(corners);
        const auto outline = blob(random, {300, -200}, 40, corners);
        CHECK(regions::shape_of(outline).centre_response == Approx(response_by_differences(outline)).epsilon(1e-4));
    }
}
