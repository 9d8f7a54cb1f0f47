#include "geo/shared_area.hpp"

#include <cmath>
#include <random>

#include "geo/topology.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;

namespace {

geo::MultiPolygon star(std::mt19937& random, geo::Point centre, double radius, int corners) {
    std::uniform_real_distribution<double> reach(0.35, 1.0);
    geo::MultiPolygon shape(1);
    for (int i = 0; i < corners; ++i) {
        const double angle = -2 * 3.14159265358979323846 * i / corners;
        const double r = radius * reach(random);
        shape[0].outer.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
    }
    shape[0].outer.push_back(shape[0].outer.front());
    return shape;
}

geo::MultiPolygon square(double x0, double y0, double side) {
    geo::MultiPolygon shape(1);
    shape[0].outer = {{x0, y0}, {x0, y0 + side}, {x0 + side, y0 + side}, {x0 + side, y0}, {x0, y0}};
    return shape;
}

}  // namespace

TEST_CASE("squares that overlap by a corner share that corner's area", "[shared_area]") {
    REQUIRE(geo::shared_area(square(0, 0, 40), square(30, 20, 40)) == Approx(10 * 20));
    REQUIRE(geo::shared_area(square(0, 0, 40), square(40, 0, 40)) == Approx(0).margin(1e-9));
    REQUIRE(geo::shared_area(square(0, 0, 40), square(100, 0, 40)) == 0);
    REQUIRE(geo::shared_area(square(0, 0, 40), square(10, 10, 5)) == Approx(25));
}

TEST_CASE("the second polygon may be moved before areas are shared", "[shared_area]") {
    REQUIRE(geo::shared_area(square(0, 0, 40), square(1030, -980, 40), {-1000, 1000}) == Approx(10 * 20));
}

TEST_CASE("shared areas equal those of the intersections GEOS builds", "[shared_area]") {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> offset(-60, 60);
    for (int i = 0; i < 400; ++i) {
        const geo::MultiPolygon a = star(random, {500'000, 1'800'000}, 60, 3 + i % 30);
        const geo::MultiPolygon b =
            star(random, {500'000 + offset(random), 1'800'000 + offset(random)}, 45, 3 + i % 17);
        const double expected = geo::planar_area(geo::intersection(a, b));
        REQUIRE(geo::shared_area(a, b) == Approx(expected).margin(1e-6));
        REQUIRE(geo::shared_area(b, a) == Approx(expected).margin(1e-6));
    }
}

TEST_CASE("holes and several parts count as they are", "[shared_area]") {
    std::mt19937 random(5);
    for (int i = 0; i < 60; ++i) {
        const geo::MultiPolygon ring = geo::difference(star(random, {0, 0}, 100, 24), star(random, {5, -5}, 30, 12));
        const geo::MultiPolygon parts = geo::union_of({star(random, {-60, 10}, 40, 9), star(random, {55, 0}, 40, 9)});
        const double expected = geo::planar_area(geo::intersection(ring, parts));
        REQUIRE(geo::shared_area(ring, parts) == Approx(expected).margin(1e-7));
    }
}

TEST_CASE("areas shared with a partition sum to the whole", "[shared_area]") {
    std::mt19937 random(3);
    const geo::MultiPolygon plot = star(random, {50, 50}, 48, 40);
    double sum = 0;
    for (int column = 0; column < 7; ++column)
        for (int row = 0; row < 7; ++row)
            sum += geo::shared_area(square(column * 15.0, row * 15.0, 15), plot);
    REQUIRE(sum == Approx(geo::planar_area(plot)).epsilon(1e-12));
}
