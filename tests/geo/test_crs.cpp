#include "geo/crs.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using geo::Crs;
using geo::CrsTransform;
using geo::ErrorKind;
using geo::Point;

namespace {

/// Kind and message id of what parsing throws.
std::string refusal(const std::string& text) {
    try {
        (void)Crs::parse(text);
    } catch (const geo::Error& error) {
        return std::to_string(static_cast<int>(error.kind())) + " " + std::string(error.message().id.text());
    }
    return "accepted";
}

}  // namespace

TEST_CASE("axis order is never swapped: 75 W, 4 N stands where Colombia's national origin says") {
    // EPSG:9377: transverse Mercator, origin 4 N 73 W, false easting 5,000,000 m, false northing 2,000,000 m, k 0.9992.
    const CrsTransform transform(Crs::wgs84(), Crs::parse("EPSG:9377"));
    const Point origin = transform.forward(Point{-73, 4});
    CHECK(origin.x == Approx(5'000'000).margin(1e-3));
    CHECK(origin.y == Approx(2'000'000).margin(1e-3));
    const Point west = transform.forward(Point{-75, 4});
    // Two degrees of longitude at 4 N are 222,100 m on the ellipsoid; the projection shrinks them by 0.9992 to first
    // order.
    const double ground = geo::Geodesic(Crs::wgs84().ellipsoid()).distance({-75, 4}, {-73, 4}).value();
    CHECK(origin.x - west.x == Approx(0.9992 * ground).epsilon(3e-4));
    CHECK(std::abs(west.y - origin.y) < 1'000);
}

TEST_CASE("coordinates come back to a millimetre through every CRS in use") {
    struct Case {
        const char* crs;
        Point place;
    };
    const std::vector<Case> cases = {
        {"EPSG:4686", {-74, 4.5}},  {"EPSG:3116", {-74, 4.5}},  {"EPSG:9377", {-76.5, 2.2}}, {"EPSG:32618", {-75, 1.5}},
        {"EPSG:21897", {-74, 4.5}}, {"EPSG:3857", {-74, 4.5}},  {"EPSG:6933", {-74, 4.5}},   {"EPSG:32719", {-66, -17}},
        {"EPSG:32720", {-63, -10}}, {"EPSG:32642", {65, 33.5}}, {"EPSG:32721", {-57, -20}},  {"EPSG:32647", {97, 21}}};
    for (const Case& c : cases) {
        INFO(c.crs);
        const CrsTransform transform(Crs::wgs84(), Crs::parse(c.crs));
        const Point back = transform.inverse(transform.forward(c.place));
        const double metres = geo::Geodesic(Crs::wgs84().ellipsoid()).distance(c.place, back).value();
        CHECK(metres < 1e-3);
    }
}

TEST_CASE("a CRS is the same however it is spelled") {
    const Crs code = Crs::parse("EPSG:9377");
    CHECK(Crs::parse(code.wkt()) == code);
    CHECK(Crs::parse(code.projjson()) == code);
    CHECK(Crs::parse("urn:ogc:def:crs:EPSG::9377") == code);
    CHECK(Crs::parse("  EPSG:9377\n") == code);
    CHECK(code.label() == "EPSG:9377");
    CHECK(Crs::parse("OGC:CRS84") == Crs::wgs84());
    CHECK(Crs::parse("EPSG:32618") != Crs::parse("EPSG:32718"));
    CHECK(Crs::parse("EPSG:4326") != Crs::parse("EPSG:4686"));
    CHECK(Crs::parse("+proj=utm +zone=18 +datum=WGS84 +units=m +no_defs") == Crs::parse("EPSG:32618"));
    CHECK(code.wkt().find('\n') == std::string::npos);
}

TEST_CASE("a CRS tells its units and its ellipsoid") {
    CHECK(Crs::wgs84().is_geographic());
    CHECK(Crs::wgs84().unit_factor() == Approx(0.017453292519943295));
    CHECK_FALSE(Crs::parse("EPSG:2229").is_geographic());
    CHECK(Crs::parse("EPSG:2229").unit_factor() == Approx(0.3048006096012192).epsilon(1e-15));  // US survey foot
    CHECK(Crs::parse("EPSG:9377").unit_factor() == 1);
    CHECK(Crs::wgs84().ellipsoid() == geo::Ellipsoid{});
    // International 1924, of the Bogota 1975 datum.
    CHECK(Crs::parse("EPSG:21897").ellipsoid().semi_major.value() == 6'378'388);
    CHECK(Crs::parse("EPSG:21897").ellipsoid().inverse_flattening == Approx(297));
}

TEST_CASE("the horizontal part of a compound CRS is kept") {
    CHECK(Crs::parse("EPSG:32618+5773") == Crs::parse("EPSG:32618"));
    CHECK(Crs::parse("EPSG:4979") == Crs::wgs84());
}

TEST_CASE("what is no horizontal CRS is refused with a reason") {
    CHECK(refusal("") == "3 crs.unknown");
    CHECK(refusal("EPSG:999999") == "3 crs.unknown");
    CHECK(refusal("MAGNA origen nacional, creo") == "3 crs.unknown");
    CHECK(refusal("EPSG:5773") == "3 crs.not_horizontal");
    CHECK(refusal("EPSG:4978") == "3 crs.not_horizontal");
    CHECK(refusal(R"(LOCAL_CS["plano de la finca",UNIT["metre",1]])") == "3 crs.not_horizontal");
    CHECK(refusal(std::string(100'000, '[')) == "3 crs.unknown");
    CHECK(refusal(std::string("EPSG:4326\0", 10)) == "3 crs.unknown");
}

TEST_CASE("an address in place of a CRS is never followed") {
    CHECK(refusal("https://example.org/crs.wkt") == "4 crs.reference");
    CHECK(refusal("http://spatialreference.org/ref/epsg/4326/") == "4 crs.reference");
    CHECK(refusal("file:///etc/passwd") == "4 crs.reference");
    CHECK(refusal("+init=/etc/passwd:1") == "4 crs.reference");
    CHECK(refusal("+proj=longlat +datum=NAD27 +nadgrids=/elsewhere/x.gsb") == "4 crs.reference");
    CHECK(refusal("/vsicurl/http://example.org/x.prj") == "4 crs.reference");
    CHECK(refusal("http://www.opengis.net/def/crs/EPSG/0/4326") == "accepted");
}

TEST_CASE("points without an image are named") {
    const CrsTransform transform(Crs::wgs84(), Crs::parse("EPSG:3857"));
    std::vector<Point> points = {{-75, 4}, {std::nan(""), 4}};
    try {
        transform.forward(points);
        FAIL("a NaN has no image");
    } catch (const geo::Error& error) {
        CHECK(error.message().id == geo::operator""_msg("crs.outside", 11));
        CHECK(error.kind() == ErrorKind::input);
    }
    CHECK_THROWS_AS(CrsTransform(Crs::wgs84(), Crs::parse("EPSG:9377")).forward(Point{-75, 1e6}), geo::Error);
}

TEST_CASE("the accuracy of a datum change is stated, a mere conversion is exact") {
    CHECK(CrsTransform(Crs::wgs84(), Crs::parse("EPSG:32618")).accuracy() == geo::Metres(0));
    const auto magna = CrsTransform(Crs::wgs84(), Crs::parse("EPSG:9377")).accuracy();
    REQUIRE(magna.has_value());
    CHECK(magna->value() == Approx(1));  // EPSG:4978 to MAGNA-SIRGAS is a null transformation "to 1 m"
    CHECK(CrsTransform(Crs::wgs84(), Crs::parse("EPSG:4326")).is_identity());
    CHECK_FALSE(CrsTransform(Crs::wgs84(), Crs::parse("EPSG:4686")).is_identity());
}

TEST_CASE("a densified edge stays within the tolerance, and neighbours cut a shared edge alike") {
    const Crs utm = Crs::parse("EPSG:32618");
    const CrsTransform transform(Crs::wgs84(), utm);
    geo::MultiPolygon left(1);
    left[0].outer = {{-77, 0}, {-77, 6}, {-75, 7}, {-75, 1}, {-77, 0}};
    geo::MultiPolygon right(1);
    right[0].outer = {{-75, 1}, {-75, 7}, {-73, 6}, {-73, 0}, {-75, 1}};
    const double tolerance = 0.5;
    const geo::MultiPolygon image = transform.forward_densified(left, tolerance);
    REQUIRE(image[0].outer.size() > left[0].outer.size());
    for (int i = 0; i <= 1000; ++i) {
        const double t = i / 1000.0;
        const Point truth = transform.forward(Point{-77 + 2 * t, 6 + t});
        double nearest = 1e9;
        const geo::Ring& ring = image[0].outer;
        for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
            const double dx = ring[k + 1].x - ring[k].x;
            const double dy = ring[k + 1].y - ring[k].y;
            double u = ((truth.x - ring[k].x) * dx + (truth.y - ring[k].y) * dy) / (dx * dx + dy * dy);
            u = std::min(1.0, std::max(0.0, u));
            nearest = std::min(nearest, std::hypot(truth.x - ring[k].x - u * dx, truth.y - ring[k].y - u * dy));
        }
        CHECK(nearest <= tolerance);
    }
    const geo::MultiPolygon other = transform.forward_densified(right, tolerance);
    for (const Point& p : other[0].outer) {
        if (std::abs(transform.inverse(p).x + 75) > 1e-9) continue;
        CHECK(std::count(image[0].outer.begin(), image[0].outer.end(), p) >= 1);
    }
}

TEST_CASE("the image of a box holds the image of every point in it") {
    const CrsTransform transform(Crs::wgs84(), Crs::parse("EPSG:32619"));
    const geo::Box box{{-72, -20}, {-60, -10}};
    const geo::Box image = transform.forward(box);
    for (int i = 0; i <= 300; ++i) {
        for (int k = 0; k <= 50; ++k) {
            const Point p = transform.forward(Point{-72 + 12 * i / 300.0, -20 + 10 * k / 50.0});
            CHECK(image.intersects({p, p}));
        }
    }
}

TEST_CASE("the equal-area CRS of an extent keeps areas and, near its centre, distances") {
    for (const char* code : {"EPSG:4326", "EPSG:9377", "EPSG:32719", "EPSG:21897", "EPSG:3857"}) {
        INFO(code);
        const Crs crs = Crs::parse(code);
        const CrsTransform from_degrees(Crs::wgs84(), crs);
        const Point place = std::string(code) == "EPSG:32719" ? Point{-66, -17} : Point{-74, 4};
        const Point centre = from_degrees.forward(place);
        const Crs equal = geo::equal_area_crs(crs, {centre, centre});
        CHECK_FALSE(equal.is_geographic());
        CHECK(equal.ellipsoid() == crs.ellipsoid());
        const CrsTransform to_equal(crs, equal);
        CHECK(to_equal.accuracy() == geo::Metres(0));
        const Point origin = to_equal.forward(centre);
        CHECK(std::hypot(origin.x, origin.y) < 2'000);  // the centre is rounded to 0.01 degrees
    }
}
