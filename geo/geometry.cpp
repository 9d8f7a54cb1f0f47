#include "geo/geometry.hpp"

#include <cmath>

namespace vereda::geo {

Box envelope(const Ring& ring) {
    Box box;
    for (const Point& p : ring)
        box.add(p);
    return box;
}

Box envelope(const Polygon& polygon) {
    return envelope(polygon.outer);
}

Box envelope(const MultiPolygon& polygons) {
    Box box;
    for (const Polygon& polygon : polygons)
        box.add(envelope(polygon));
    return box;
}

Box envelope(const Geometry& geometry) {
    Box box;
    if (const auto* points = std::get_if<Points>(&geometry)) {
        for (const Point& p : points->parts)
            box.add(p);
    } else if (const auto* lines = std::get_if<Lines>(&geometry)) {
        for (const LineString& line : lines->parts) {
            for (const Point& p : line)
                box.add(p);
        }
    } else if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) {
        box = envelope(*polygons);
    }
    return box;
}

double signed_area(const Ring& ring) {
    if (ring.size() < 3) return 0;
    const Point origin = ring.front();
    double twice = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const double ax = ring[i].x - origin.x;
        const double ay = ring[i].y - origin.y;
        const double bx = ring[i + 1].x - origin.x;
        const double by = ring[i + 1].y - origin.y;
        twice += bx * ay - ax * by;
    }
    return twice / 2;
}

double planar_area(const Polygon& polygon) {
    double area = std::abs(signed_area(polygon.outer));
    for (const Ring& inner : polygon.inners)
        area -= std::abs(signed_area(inner));
    return area;
}

double planar_area(const MultiPolygon& polygons) {
    double area = 0;
    for (const Polygon& polygon : polygons)
        area += planar_area(polygon);
    return area;
}

}  // namespace vereda::geo
