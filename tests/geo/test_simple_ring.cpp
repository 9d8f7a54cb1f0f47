#include "geo/simple_ring.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "geo/topology.hpp"
#include "tests/support/catch.hpp"

namespace vereda::tests {

using geo::Point;
using geo::Ring;

namespace {

Ring closed(std::vector<Point> points) {
    Ring ring(points.begin(), points.end());
    ring.push_back(points.front());
    return ring;
}

bool valid(const Ring& ring) {
    return !geo::invalidity({geo::Polygon{ring, {}}});
}

/// A closed curve of midpoint displacement: the detailed border of a region. It may cross itself.
Ring fractal(std::mt19937_64& random, int levels, double roughness) {
    std::vector<Point> points{{0, 0}, {0, 1}, {1, 1}, {1, 0}};
    double height = roughness;
    for (int level = 0; level < levels; ++level, height *= 0.6) {
        std::uniform_real_distribution<double> shift(-height, height);
        std::vector<Point> finer;
        for (std::size_t i = 0; i < points.size(); ++i) {
            const Point a = points[i];
            const Point b = points[(i + 1) % points.size()];
            finer.push_back(a);
            finer.push_back({(a.x + b.x) / 2 + shift(random), (a.y + b.y) / 2 + shift(random)});
        }
        points = finer;
    }
    return closed(points);
}

}  // namespace

TEST_CASE("rings known to be simple are proved so") {
    CHECK(geo::surely_simple(closed({{0, 0}, {0, 1}, {1, 0}})));
    CHECK(geo::surely_simple(closed({{0, 0}, {0, 2}, {1, 2}, {2, 2}, {2, 0}})));  // a point within a straight side
    std::vector<Point> circle;
    for (int i = 0; i < 5000; ++i) {
        const double angle = 2 * std::numbers::pi * i / 5000;
        circle.push_back({4e5 + 3e4 * std::cos(angle), 1e6 + 3e4 * std::sin(angle)});
    }
    CHECK(geo::surely_simple(closed(circle)));
}

TEST_CASE("rings that touch or cross themselves are never proved simple") {
    CHECK_FALSE(geo::surely_simple(closed({{0, 0}, {2, 2}, {2, 0}, {0, 2}})));                  // bow-tie
    CHECK_FALSE(geo::surely_simple(closed({{0, 0}, {0, 4}, {4, 4}, {4, 8}, {4, 4}, {4, 0}})));  // spike
    CHECK_FALSE(geo::surely_simple(closed({{0, 0}, {0, 4}, {2, 0}, {4, 4}, {4, 0}})));          // touches a side
    CHECK_FALSE(geo::surely_simple(closed({{0, 0}, {0, 2}, {1, 1}, {2, 2}, {2, 0}, {1, 1}})));  // touches itself
    CHECK_FALSE(geo::surely_simple(closed({{0, 0}, {1, 0}, {2, 0}})));                          // no area
    CHECK_FALSE(geo::surely_simple(closed({{0, 0}, {0, 0}, {0, 1}, {1, 1}})));                  // a point twice
    CHECK_FALSE(geo::surely_simple(Ring{{0, 0}, {0, 1}, {1, 1}, {1, 0}}));                      // not closed
}

TEST_CASE("a ring that winds twice round its middle is never proved simple") {
    const auto round = [](int turns, int corners, double growth) {
        std::vector<Point> points;
        for (int i = 0; i < turns * corners; ++i) {
            const double angle = 2 * std::numbers::pi * i / corners;
            const double radius = 1000 + growth * i;
            points.push_back({4e5 + radius * std::cos(angle), 1e6 + radius * std::sin(angle)});
        }
        return closed(points);
    };
    for (const int corners : {5, 12, 60}) {
        CHECK(geo::surely_simple(round(1, corners, 1)));
        CHECK_FALSE(geo::surely_simple(round(2, corners, 1)));
        CHECK_FALSE(geo::surely_simple(round(3, corners, 1)));
        Ring turned = round(2, corners, 1);
        std::ranges::reverse(turned);
        CHECK_FALSE(geo::surely_simple(turned));
        turned = round(1, corners, 1);
        std::ranges::reverse(turned);
        CHECK(geo::surely_simple(turned));
    }
}

TEST_CASE("what is proved simple GEOS holds valid") {
    std::mt19937_64 random(11);
    int proved = 0;
    for (int i = 0; i < 20'000; ++i) {
        const auto corners = 3 + random() % 6;
        const int side = i % 2 == 0 ? 4 : 40;  // on a small lattice most contacts are exact
        std::vector<Point> points;
        for (std::size_t k = 0; k < corners; ++k)
            points.push_back({static_cast<double>(random() % side), static_cast<double>(random() % side)});
        const Ring ring = closed(points);
        if (!geo::surely_simple(ring)) continue;
        ++proved;
        REQUIRE(valid(ring));
    }
    CHECK(proved > 1000);
}

TEST_CASE("detailed borders are proved simple just where GEOS holds them valid") {
    std::mt19937_64 random(12);
    int simple = 0;
    int crossing = 0;
    for (int i = 0; i < 300; ++i) {
        const Ring ring = fractal(random, 4 + i % 6, 0.02 + 0.001 * (i % 200));
        const bool proved = geo::surely_simple(ring);
        (proved ? simple : crossing) += 1;
        REQUIRE(proved == valid(ring));
    }
    CHECK(simple > 30);
    CHECK(crossing > 30);
}

}  // namespace vereda::tests
