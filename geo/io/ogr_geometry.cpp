#include "geo/io/ogr_geometry.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace vereda::geo::io {

namespace {

constexpr double largest_coordinate = 1e15;

/// Gathers the parts of one geometry by dimension.
class Parts {
  public:
    bool closed_ring = false;

    void add(const OGRGeometry& geometry) {
        if (geometry.IsEmpty() != 0) return;
        if (geometry.hasCurveGeometry() != 0) {
            const OgrGeometry straight(geometry.getLinearGeometry());
            if (straight) add(*straight);
            return;
        }
        switch (wkbFlatten(geometry.getGeometryType())) {
            case wkbPoint:
                add_point(*geometry.toPoint());
                break;
            case wkbLineString:
                add_line(*geometry.toLineString());
                break;
            case wkbPolygon:
            case wkbTriangle:
                add_polygon(*geometry.toPolygon());
                break;
            case wkbPolyhedralSurface:
            case wkbTIN:
                add_surface(geometry);
                break;
            default:
                for (const OGRGeometry* part : *geometry.toGeometryCollection())
                    add(*part);
        }
    }

    ReadGeometry taken() && {
        ReadGeometry result;
        result.closed_ring = closed_ring;
        const int kinds = int{!points_.parts.empty()} + int{!lines_.parts.empty()} + int{!polygons_.empty()};
        result.collection = kinds > 1;
        if (!polygons_.empty()) {
            result.geometry = std::move(polygons_);
        } else if (!lines_.parts.empty()) {
            result.geometry = std::move(lines_);
        } else if (!points_.parts.empty()) {
            result.geometry = std::move(points_);
        }
        return result;
    }

  private:
    static void require_finite(const std::vector<Point>& points) {
        const bool finite = std::ranges::all_of(
            points, [](Point p) { return std::abs(p.x) < largest_coordinate && std::abs(p.y) < largest_coordinate; });
        if (!finite) throw Error(ErrorKind::input, {"geometry.not_finite"_msg, {}});
    }

    template <class List = std::vector<Point>>
    static List points_of(const OGRSimpleCurve& curve) {
        List points(static_cast<std::size_t>(curve.getNumPoints()));
        if (!points.empty()) curve.getPoints(&points.front().x, sizeof(Point), &points.front().y, sizeof(Point));
        require_finite(points);
        return points;
    }

    void add_point(const OGRPoint& point) {
        points_.parts.push_back({point.getX(), point.getY()});
        require_finite({points_.parts.back()});
    }

    void add_line(const OGRLineString& line) {
        lines_.parts.push_back(points_of(line));
        if (lines_.parts.back().size() < 2) throw Error(ErrorKind::input, {"geometry.short_line"_msg, {}});
    }

    Ring ring_of(const OGRLinearRing& source) {
        auto ring = points_of<Ring>(source);
        if (!ring.empty() && ring.front() != ring.back()) {
            ring.push_back(ring.front());
            closed_ring = true;
        }
        if (ring.size() < 4) throw Error(ErrorKind::input, {"geometry.short_ring"_msg, {}});
        return ring;
    }

    void add_polygon(const OGRPolygon& polygon) {
        Polygon result;
        result.outer = ring_of(*polygon.getExteriorRing());
        for (int i = 0; i < polygon.getNumInteriorRings(); ++i) {
            const OGRLinearRing* inner = polygon.getInteriorRing(i);
            if (inner->IsEmpty() == 0) result.inners.push_back(ring_of(*inner));
        }
        polygons_.push_back(std::move(result));
    }

    void add_surface(const OGRGeometry& geometry) {
        const OgrGeometry polygons(OGRGeometryFactory::forceToMultiPolygon(geometry.clone()));
        if (polygons && wkbFlatten(polygons->getGeometryType()) == wkbMultiPolygon) add(*polygons);
    }

    Points points_;
    Lines lines_;
    MultiPolygon polygons_;
};

template <class Curve>
void set_points(Curve& curve, const std::vector<Point>& points) {
    curve.setNumPoints(static_cast<int>(points.size()), FALSE);
    for (std::size_t i = 0; i < points.size(); ++i)
        curve.setPoint(static_cast<int>(i), points[i].x, points[i].y);
}

OgrGeometry ogr_polygon(const Polygon& polygon) {
    auto result = std::make_unique<OGRPolygon>();
    const auto add = [&](const Ring& ring) {
        auto part = std::make_unique<OGRLinearRing>();
        set_points(*part, ring);
        result->addRingDirectly(part.release());
    };
    add(polygon.outer);
    for (const Ring& inner : polygon.inners)
        add(inner);
    return OgrGeometry(result.release());
}

OgrGeometry collected(OGRGeometryCollection* raw, std::vector<OgrGeometry> parts, bool single) {
    OgrGeometry owner(raw);
    if (single && parts.size() == 1) return std::move(parts.front());
    for (OgrGeometry& part : parts)
        raw->addGeometryDirectly(part.release());
    return owner;
}

}  // namespace

ReadGeometry geometry_from(const OGRGeometry& geometry) {
    Parts parts;
    parts.add(geometry);
    return std::move(parts).taken();
}

OgrGeometry to_ogr(const Geometry& geometry, bool single) {
    std::vector<OgrGeometry> parts;
    if (const auto* points = std::get_if<Points>(&geometry)) {
        for (const Point& p : points->parts)
            parts.emplace_back(new OGRPoint(p.x, p.y));
        return collected(new OGRMultiPoint(), std::move(parts), single);
    }
    if (const auto* lines = std::get_if<Lines>(&geometry)) {
        for (const LineString& line : lines->parts) {
            auto part = std::make_unique<OGRLineString>();
            set_points(*part, line);
            parts.emplace_back(part.release());
        }
        return collected(new OGRMultiLineString(), std::move(parts), single);
    }
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) {
        for (const Polygon& polygon : *polygons)
            parts.push_back(ogr_polygon(polygon));
        return collected(new OGRMultiPolygon(), std::move(parts), single);
    }
    return nullptr;
}

std::optional<int> dimension_of(OGRwkbGeometryType type) {
    const OGRwkbGeometryType flat = wkbFlatten(type);
    if (OGR_GT_IsSubClassOf(flat, wkbSurface) || OGR_GT_IsSubClassOf(flat, wkbMultiSurface)) return 2;
    if (OGR_GT_IsSubClassOf(flat, wkbCurve) || OGR_GT_IsSubClassOf(flat, wkbMultiCurve)) return 1;
    if (flat == wkbPoint || flat == wkbMultiPoint) return 0;
    return std::nullopt;
}

std::optional<int> dimension_of(const Geometry& geometry) {
    if (std::holds_alternative<Points>(geometry)) return 0;
    if (std::holds_alternative<Lines>(geometry)) return 1;
    if (std::holds_alternative<MultiPolygon>(geometry)) return 2;
    return std::nullopt;
}

}  // namespace vereda::geo::io
