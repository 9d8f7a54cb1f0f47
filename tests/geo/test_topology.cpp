// Boost.Geometry 1.74 leaves a rescaling factor unset where it does not rescale; GCC 12 sees it after inlining.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#include "geo/topology.hpp"

#include <boost/geometry.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <thread>

#include "geo/boost_models.hpp"
#include "geo/error.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using geo::MultiPolygon;
using geo::Ring;
using vereda::tests::ContainsSubstring;

namespace {

MultiPolygon one(Ring outer, std::vector<Ring> inners = {}) {
    MultiPolygon result(1);
    result[0] = {std::move(outer), std::move(inners)};
    return result;
}

MultiPolygon square(double x, double y, double side) {
    return one({{x, y}, {x, y + side}, {x + side, y + side}, {x + side, y}, {x, y}});
}

/// A star-shaped ring around a point: simple by construction.
MultiPolygon star(std::mt19937& random, double x, double y, int vertices) {
    std::uniform_real_distribution<double> radius(0.3, 1.0);
    Ring ring;
    for (int i = 0; i < vertices; ++i) {
        const double angle = -2 * 3.14159265358979323846 * i / vertices;
        const double r = radius(random);
        ring.push_back({x + r * std::cos(angle), y + r * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return one(ring);
}

}  // namespace

TEST_CASE("an invalid polygon is told with its reason and place") {
    const auto bow_tie = geo::invalidity(one({{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}));
    REQUIRE(bow_tie.has_value());
    CHECK_THAT(bow_tie->reason, ContainsSubstring("Self-intersection"));
    CHECK(bow_tie->place == geo::Point{1, 1});
    const auto hole =
        geo::invalidity(one({{0, 0}, {0, 4}, {4, 4}, {4, 0}, {0, 0}}, {{{5, 5}, {6, 5}, {6, 6}, {5, 6}, {5, 5}}}));
    REQUIRE(hole.has_value());
    CHECK_THAT(hole->reason, ContainsSubstring("Hole lies outside shell"));
    CHECK_FALSE(geo::invalidity(square(0, 0, 1)).has_value());
}

TEST_CASE("repair keeps both lobes of a bow-tie") {
    const geo::Repair repair = geo::repair(one({{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}));
    CHECK(repair.problem.has_value());
    CHECK(repair.polygons.size() == 2);
    CHECK(geo::planar_area(repair.polygons) == Approx(2));
    CHECK(repair.area_changed == Approx(2));  // the shoelace area of a bow-tie is 0
    CHECK_FALSE(geo::invalidity(repair.polygons).has_value());
}

TEST_CASE("repair counts overlapping parts once, drops spikes and what has no area") {
    MultiPolygon overlapping = square(0, 0, 2);
    overlapping.push_back(square(1, 0, 2)[0]);
    CHECK(geo::planar_area(geo::repair(overlapping).polygons) == Approx(6));
    CHECK(geo::repair(overlapping).area_changed == Approx(-2));
    const geo::Repair spike = geo::repair(one({{0, 0}, {0, 1}, {1, 1}, {5, 1}, {1, 1}, {1, 0}, {0, 0}}));
    CHECK(geo::planar_area(spike.polygons) == Approx(1));
    CHECK(geo::envelope(spike.polygons) == geo::Box{{0, 0}, {1, 1}});
    CHECK(geo::repair(one({{0, 0}, {1, 1}, {2, 2}, {0, 0}})).polygons.empty());
    CHECK(geo::repair(one({{3, 3}, {3, 3}, {3, 3}, {3, 3}})).polygons.empty());
}

TEST_CASE("repaired rings are closed, outer clockwise and inner counter-clockwise") {
    const Ring anticlockwise = {{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}};
    const Ring clockwise_hole = {{1, 1}, {1, 2}, {2, 2}, {2, 1}, {1, 1}};
    const geo::Repair repair = geo::repair(one(anticlockwise, {clockwise_hole}));
    CHECK_FALSE(repair.problem.has_value());
    CHECK(repair.area_changed == 0);
    CHECK(geo::signed_area(repair.polygons[0].outer) == 16);
    CHECK(geo::signed_area(repair.polygons[0].inners[0]) == -1);
    const geo::Repair unclosed = geo::repair(one({{0, 0}, {0, 1}, {1, 1}, {1, 0}}));
    CHECK(unclosed.polygons[0].outer.front() == unclosed.polygons[0].outer.back());
}

TEST_CASE("coordinates that are not finite are refused") {
    for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
        try {
            (void)geo::repair(one({{0, 0}, {0, 1}, {bad, 1}, {0, 0}}));
            FAIL("accepted");
        } catch (const geo::Error& error) {
            CHECK(error.kind() == geo::ErrorKind::input);
            CHECK(error.message().id.text() == "geometry.not_finite");
        }
    }
}

TEST_CASE("overlay of two squares gives the hand-worked areas") {
    const MultiPolygon a = square(0, 0, 2);
    const MultiPolygon b = square(1, 1, 2);
    CHECK(geo::planar_area(geo::intersection(a, b)) == Approx(1));
    CHECK(geo::planar_area(geo::difference(a, b)) == Approx(3));
    CHECK(geo::planar_area(geo::union_of({a, b})) == Approx(7));
    CHECK(geo::intersects(a, b));
    CHECK_FALSE(geo::intersects(a, square(5, 5, 1)));
    CHECK(geo::intersection(a, square(2, 0, 2)).empty());  // a shared edge has no area
    CHECK(geo::union_of({}).empty());
    CHECK(geo::distance(geo::Geometry(a), geo::Geometry(square(5, 0, 1))) == Approx(3));
    CHECK(std::isinf(geo::distance(geo::Geometry(a), geo::Geometry())));
}

TEST_CASE("overlay areas agree with an independent implementation on random polygons") {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> shift(-1.5, 1.5);
    for (int i = 0; i < 500; ++i) {
        const MultiPolygon a = star(random, 0, 0, 12);
        const MultiPolygon b = star(random, shift(random), shift(random), 9);
        MultiPolygon by_boost;
        boost::geometry::intersection(a, b, by_boost);
        const double area = geo::planar_area(geo::intersection(a, b));
        CHECK(area == Approx(boost::geometry::area(by_boost)).margin(1e-6));  // Boost 1.74 rounds to a grid
        CHECK(geo::planar_area(geo::difference(a, b)) + area == Approx(geo::planar_area(a)).margin(1e-9));
        CHECK(geo::planar_area(geo::union_of({a, b})) + area ==
              Approx(boost::geometry::area(a) + boost::geometry::area(b)).margin(1e-9));
    }
}

TEST_CASE("a buffer of a point has the area of its 64-sided polygon") {
    geo::Points point;
    point.parts = {{10, 10}};
    const double expected = 64 * 0.5 * std::sin(2 * 3.14159265358979323846 / 64) * 100;
    CHECK(geo::planar_area(geo::buffer(point, 10)) == Approx(expected).epsilon(1e-9));
    CHECK(geo::buffer(square(0, 0, 1), -0.6).empty());
}

TEST_CASE("an interior point is inside, and an empty shape has none") {
    const MultiPolygon ring = one({{0, 0}, {0, 4}, {4, 4}, {4, 0}, {0, 0}}, {{{1, 1}, {3, 1}, {3, 3}, {1, 3}, {1, 1}}});
    const geo::PreparedPolygons prepared(ring);
    CHECK(prepared.covers(geo::interior_point(ring)));
    CHECK_FALSE(prepared.covers(geo::Point{2, 2}));
    CHECK(prepared.covers(geo::Point{0, 2}));  // on the boundary
    CHECK_THROWS_AS(geo::interior_point({}), geo::Error);
}

TEST_CASE("a prepared polygon answers many threads as it answers one") {
    std::mt19937 random(3);
    const MultiPolygon shape = star(random, 0, 0, 60);
    const geo::PreparedPolygons prepared(shape);
    std::vector<geo::Point> points;
    std::uniform_real_distribution<double> place(-1, 1);
    for (int i = 0; i < 2000; ++i)
        points.push_back({place(random), place(random)});
    std::vector<char> expected;
    for (const geo::Point& p : points)
        expected.push_back(boost::geometry::covered_by(p, shape) ? 1 : 0);
    std::vector<int> wrong(4, 0);
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                for (std::size_t i = 0; i < points.size(); ++i) {
                    const MultiPolygon small = square(points[i].x, points[i].y, 1e-9);
                    if (prepared.covers(points[i]) != (expected[i] != 0)) ++wrong[t];
                    if (expected[i] != 0 && !prepared.intersects(small)) ++wrong[t];
                }
            });
        }
    }
    CHECK(wrong == std::vector<int>(4, 0));
}

TEST_CASE("simplified shapes stay valid") {
    std::mt19937 random(11);
    for (int i = 0; i < 50; ++i) {
        const MultiPolygon shape = star(random, 0, 0, 200);
        const MultiPolygon simple = geo::simplified(shape, 0.2);
        CHECK_FALSE(geo::invalidity(simple).has_value());
        CHECK(simple[0].outer.size() <= shape[0].outer.size());
    }
}
