#include "geo/geodesic.hpp"

#include <cmath>
#include <numbers>
#include <random>

#include "tests/support/catch.hpp"

using namespace vereda;

namespace {

geo::Geodesic wgs84() {
    return geo::Geodesic(geo::Ellipsoid{});
}

/// Points given as latitude, longitude, as GeographicLib's Planimeter takes them.
geo::Ring planimeter(std::initializer_list<std::pair<double, double>> points) {
    geo::Ring ring;
    for (const auto& [latitude, longitude] : points)
        ring.push_back({longitude, latitude});
    ring.push_back(ring.front());
    return ring;
}

}  // namespace

// Published results of GeographicLib's Planimeter on WGS 84 (C. F. F. Karney, GeographicLib test suite, planimeter0).
TEST_CASE("areas and perimeters equal GeographicLib's published constants") {
    const geo::Ring cap = planimeter({{89, 0}, {89, 90}, {89, 180}, {89, 270}});
    CHECK(wgs84().perimeter(cap).value() == Approx(631819.8745).margin(1e-4));
    CHECK(wgs84().area(cap).value() == Approx(24952305678.0).margin(1));
    const geo::Ring diamond = planimeter({{0, -1}, {-1, 0}, {0, 1}, {1, 0}});
    CHECK(wgs84().perimeter(diamond).value() == Approx(627598.2731).margin(1e-4));
    CHECK(wgs84().area(diamond).value() == Approx(24619419146.0).margin(1));
    const geo::Ring octant = planimeter({{90, 0}, {0, 0}, {0, 90}});
    CHECK(wgs84().perimeter(octant).value() == Approx(30022685).margin(1));
    CHECK(wgs84().area(octant).value() == Approx(63758202715511.0).margin(1));
}

TEST_CASE("orientation does not change an area, and a hole is taken off") {
    const geo::Ring outer = planimeter({{0, 0}, {0, 1}, {1, 1}, {1, 0}});
    const geo::Ring hole = planimeter({{0.2, 0.2}, {0.4, 0.2}, {0.4, 0.4}, {0.2, 0.4}});
    const geo::Ring turned(outer.rbegin(), outer.rend());
    CHECK(wgs84().area(turned).value() == wgs84().area(outer).value());
    geo::MultiPolygon polygons(1);
    polygons[0] = {outer, {hole}};
    CHECK(wgs84().area(polygons).value() ==
          Approx(wgs84().area(outer).value() - wgs84().area(hole).value()).epsilon(1e-14));
}

TEST_CASE("a plot across the antimeridian has the area it has anywhere else") {
    const geo::Ring here = planimeter({{-17, -0.1}, {-17, 0.1}, {-16.9, 0.1}, {-16.9, -0.1}});
    const geo::Ring there = planimeter({{-17, 179.9}, {-17, -179.9}, {-16.9, -179.9}, {-16.9, 179.9}});
    CHECK(wgs84().area(there).value() == Approx(wgs84().area(here).value()).epsilon(1e-9));
}

TEST_CASE("a small plot measures what a plane measures") {
    // A 40 m square at 16.5 S: 1e-5 degrees are 1.106 m north and 1.067 m east there, by the radii of curvature of WGS
    // 84 (Snyder 1987, eq. 4-18 and 4-20).
    const double e2 = 2 / 298.257223563 - 1 / (298.257223563 * 298.257223563);
    const double latitude = -16.5 * std::numbers::pi / 180;
    const double w = std::sqrt(1 - e2 * std::sin(latitude) * std::sin(latitude));
    const double meridian = 6378137.0 * (1 - e2) / (w * w * w) * std::numbers::pi / 180;
    const double parallel = 6378137.0 / w * std::cos(latitude) * std::numbers::pi / 180;
    const double dx = 20 / parallel;
    const double dy = 20 / meridian;
    const geo::Ring plot =
        planimeter({{-16.5 - dy, -66 - dx}, {-16.5 - dy, -66 + dx}, {-16.5 + dy, -66 + dx}, {-16.5 + dy, -66 - dx}});
    CHECK(wgs84().area(plot).value() == Approx(1600).epsilon(1e-6));
    CHECK(wgs84().perimeter(plot).value() == Approx(160).epsilon(1e-6));
}

TEST_CASE("a distance along the equator is an arc of the semi-major axis") {
    CHECK(wgs84().distance({0, 0}, {1, 0}).value() == Approx(6378137.0 * std::numbers::pi / 180).epsilon(1e-14));
    CHECK(wgs84().length({{0, 0}, {1, 0}, {2, 0}}).value() == Approx(6378137.0 * std::numbers::pi / 90).epsilon(1e-14));
    // A quarter meridian of WGS 84 is 10,001,965.729 m (Karney 2011, "Geodesics on an ellipsoid of revolution").
    CHECK(wgs84().distance({0, 0}, {0, 90}).value() == Approx(10'001'965.729).margin(1e-3));
}

TEST_CASE("areas of the parts of a ring add up to the whole") {
    std::mt19937 random(20170331);
    std::uniform_real_distribution<double> share(0.1, 0.9);
    for (int i = 0; i < 200; ++i) {
        const double cut = share(random);
        const geo::Ring whole = planimeter({{1, -75}, {1, -74}, {2, -74}, {2, -75}});
        // Both halves are cut along a meridian, which is a geodesic; the ends of the cut lie on the ring's own edges.
        geo::MultiPolygon halves(2);
        halves[0].outer = {{-75, 1}, {-75, 2}, {-75 + cut, 2}, {-75 + cut, 1}, {-75, 1}};
        halves[1].outer = {{-75 + cut, 1}, {-75 + cut, 2}, {-74, 2}, {-74, 1}, {-75 + cut, 1}};
        geo::MultiPolygon full(1);
        full[0].outer = {{-75, 1}, {-75, 2}, {-74, 2}, {-74, 1}, {-75, 1}};
        CHECK(geo::ellipsoidal_area(halves, geo::Crs::wgs84()).value() ==
              Approx(geo::ellipsoidal_area(full, geo::Crs::wgs84()).value()).epsilon(1e-9));
        CHECK(wgs84().area(whole).value() ==
              Approx(geo::ellipsoidal_area(full, geo::Crs::wgs84()).value()).epsilon(1e-3));
    }
}
