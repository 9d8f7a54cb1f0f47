/// Planar geometry values. Coordinates are x (east, longitude) then y (north, latitude), in a CRS that the owner of the
/// geometry knows; degrees for geographic CRSs. geo/boost_models.hpp makes them models of Boost.Geometry's concepts.
///
/// Rings are closed (first point equals last). Outer rings run clockwise and inner rings counter-clockwise after
/// geo/topology's repair(), which every reader applies; code in the library may rely on it only where its header says
/// so.
#pragma once

#include <limits>
#include <variant>
#include <vector>

namespace vereda::geo {

struct Point {
    double x = 0;
    double y = 0;
    friend constexpr bool operator==(const Point&, const Point&) = default;
};

using LineString = std::vector<Point>;
using MultiPoint = std::vector<Point>;
using MultiLineString = std::vector<LineString>;

struct Ring : std::vector<Point> {
    using std::vector<Point>::vector;
};

struct Polygon {
    Ring outer;
    std::vector<Ring> inners;
    friend bool operator==(const Polygon&, const Polygon&) = default;
};

struct MultiPolygon : std::vector<Polygon> {
    using std::vector<Polygon>::vector;
};

/// An axis-aligned box; empty (min > max) until something is added.
struct Box {
    Point min{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    Point max{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};

    [[nodiscard]] constexpr bool empty() const { return !(min.x <= max.x && min.y <= max.y); }
    [[nodiscard]] constexpr double width() const { return empty() ? 0 : max.x - min.x; }
    [[nodiscard]] constexpr double height() const { return empty() ? 0 : max.y - min.y; }
    /// Boxes that only touch do intersect.
    [[nodiscard]] constexpr bool intersects(const Box& o) const {
        return min.x <= o.max.x && o.min.x <= max.x && min.y <= o.max.y && o.min.y <= max.y;
    }
    constexpr void add(Point p) {
        if (p.x < min.x) min.x = p.x;
        if (p.y < min.y) min.y = p.y;
        if (p.x > max.x) max.x = p.x;
        if (p.y > max.y) max.y = p.y;
    }
    constexpr void add(const Box& other) {
        if (other.empty()) return;
        add(other.min);
        add(other.max);
    }
    friend constexpr bool operator==(const Box&, const Box&) = default;
};

/// What one feature may hold. monostate is a null geometry. A single polygon is read as a MultiPolygon of one.
struct Lines {
    MultiLineString parts;
    friend bool operator==(const Lines&, const Lines&) = default;
};
struct Points {
    MultiPoint parts;
    friend bool operator==(const Points&, const Points&) = default;
};
using Geometry = std::variant<std::monostate, Points, Lines, MultiPolygon>;

[[nodiscard]] Box envelope(const Ring& ring);
[[nodiscard]] Box envelope(const Polygon& polygon);
[[nodiscard]] Box envelope(const MultiPolygon& polygons);
[[nodiscard]] Box envelope(const Geometry& geometry);

/// Planar signed area by the shoelace formula, positive for clockwise rings, in squared units of the coordinates.
/// Coordinates are taken relative to the ring's first point, so that plots far from the origin lose no digits.
[[nodiscard]] double signed_area(const Ring& ring);
/// Planar area of outer minus inner rings, whatever their orientation; squared units of the coordinates.
[[nodiscard]] double planar_area(const Polygon& polygon);
[[nodiscard]] double planar_area(const MultiPolygon& polygons);

}  // namespace vereda::geo
