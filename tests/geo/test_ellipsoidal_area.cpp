#include <cmath>
#include <numbers>

#include "geo/crs.hpp"
#include "geo/geodesic.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;

namespace {

geo::MultiPolygon ring_of(std::vector<geo::Point> points) {
    geo::MultiPolygon shape(1);
    shape[0].outer.assign(points.begin(), points.end());
    shape[0].outer.push_back(points.front());
    return shape;
}

}  // namespace

TEST_CASE("a graticule cell has the closed-form area of its ellipsoidal zone") {
    // a²/2 · Δλ · (q(φ₂) − q(φ₁)), Snyder (1987) eq. 3-12, for 0° to 1° N and 1° of longitude on WGS 84.
    const double e2 = 2 / 298.257223563 - 1 / (298.257223563 * 298.257223563);
    const double e = std::sqrt(e2);
    const double s = std::sin(std::numbers::pi / 180);
    const double q = (1 - e2) * (s / (1 - e2 * s * s) - std::log((1 - e * s) / (1 + e * s)) / (2 * e));
    const double expected = 6'378'137.0 * 6'378'137.0 / 2 * std::numbers::pi / 180 * q;
    const auto cell = ring_of({{-76, 0}, {-76, 1}, {-75, 1}, {-75, 0}});
    CHECK(geo::ellipsoidal_area(cell, geo::Crs::wgs84()).value() == Approx(expected).epsilon(1e-11));
}

TEST_CASE("plots in an equal-area CRS measure their planar area") {
    for (const double latitude : {-33.0, 1.0, 33.5, 59.0}) {
        const geo::Crs crs = geo::equal_area_crs(geo::Crs::wgs84(), {{65, latitude - 0.5}, {66, latitude + 0.5}});
        const auto plot = ring_of({{12'000, -30'000}, {12'013, -29'960}, {12'040, -29'975}, {12'030, -30'008}});
        CHECK(geo::ellipsoidal_area(plot, crs).value() == Approx(geo::planar_area(plot)).epsilon(3e-9));
    }
}

TEST_CASE("a ring with geodesic-like short edges has the area of Karney's method") {
    geo::MultiPolygon circle(1);
    for (int i = 0; i <= 720; ++i) {
        const double angle = -2 * std::numbers::pi * (i % 720) / 720;
        circle[0].outer.push_back({-66 + 1.5 * std::cos(angle), -17 + 1.5 * std::sin(angle)});
    }
    const geo::Geodesic geodesic(geo::Crs::wgs84().ellipsoid());
    CHECK(geo::ellipsoidal_area(circle, geo::Crs::wgs84()).value() ==
          Approx(geodesic.area(circle).value()).epsilon(1e-6));
}

TEST_CASE("a ring across the antimeridian and one around a pole are measured") {
    const auto here = ring_of({{-1, 10}, {-1, 12}, {1, 12}, {1, 10}});
    const auto there = ring_of({{179, 10}, {179, 12}, {-179, 12}, {-179, 10}});
    CHECK(geo::ellipsoidal_area(there, geo::Crs::wgs84()).value() ==
          Approx(geo::ellipsoidal_area(here, geo::Crs::wgs84()).value()).epsilon(1e-12));
    geo::MultiPolygon cap(1);
    for (int i = 0; i <= 360; ++i)
        cap[0].outer.push_back({static_cast<double>(i % 360) - 180, 89});
    // A polar cap of 1°: 2π·a²/2·(q(90°) − q(89°)) on WGS 84.
    const double e2 = 2 / 298.257223563 - 1 / (298.257223563 * 298.257223563);
    const double e = std::sqrt(e2);
    const auto q = [&](double sine) {
        return (1 - e2) * (sine / (1 - e2 * sine * sine) - std::log((1 - e * sine) / (1 + e * sine)) / (2 * e));
    };
    const double expected =
        std::numbers::pi * 6'378'137.0 * 6'378'137.0 * (q(1) - q(std::sin(89 * std::numbers::pi / 180)));
    CHECK(geo::ellipsoidal_area(cap, geo::Crs::wgs84()).value() == Approx(expected).epsilon(1e-6));
}
