#include "geo/geos_handle.hpp"

#include <string>
#include <utility>
#include <vector>

#include "geo/error.hpp"

namespace vereda::geo {

namespace {

static_assert(sizeof(Point) == 2 * sizeof(double), "points are handed to GEOS as pairs of doubles");

/// One thread's GEOS context and the last thing GEOS complained of.
class ThreadContext {
  public:
    ThreadContext() : handle_(GEOS_init_r()) { GEOSContext_setErrorMessageHandler_r(handle_, &remember, this); }
    ThreadContext(const ThreadContext&) = delete;
    ThreadContext& operator=(const ThreadContext&) = delete;
    ~ThreadContext() { GEOS_finish_r(handle_); }

    [[nodiscard]] GEOSContextHandle_t handle() const { return handle_; }
    [[nodiscard]] std::string take_error() { return std::exchange(error_, {}); }

  private:
    static void remember(const char* text, void* self) noexcept {
        try {
            static_cast<ThreadContext*>(self)->error_ = text;
        } catch (...) {  // no memory for the text: the failure itself is still reported through the null result
        }
    }
    GEOSContextHandle_t handle_;
    std::string error_;
};

ThreadContext& thread_context() {
    thread_local ThreadContext context;
    return context;
}

GEOSCoordSequence* sequence(const std::vector<Point>& points) {
    const double* numbers = points.empty() ? nullptr : &points.front().x;
    return GEOSCoordSeq_copyFromBuffer_r(geos_context(), numbers, static_cast<unsigned>(points.size()), 0, 0);
}

GeosGeometry ring_to_geos(const Ring& ring) {
    std::vector<Point> points(ring.begin(), ring.end());
    if (!points.empty() && points.front() != points.back()) points.push_back(points.front());
    if (points.size() < 4) throw Error(ErrorKind::input, {"geometry.short_ring"_msg, {}});
    return owned(GEOSGeom_createLinearRing_r(geos_context(), sequence(points)));
}

GeosGeometry polygon_to_geos(const Polygon& polygon) {
    GeosGeometry outer = ring_to_geos(polygon.outer);
    std::vector<GeosGeometry> inners;
    for (const Ring& inner : polygon.inners)
        inners.push_back(ring_to_geos(inner));
    std::vector<GEOSGeometry*> released;
    released.reserve(inners.size());
    for (GeosGeometry& inner : inners)
        released.push_back(inner.release());
    return owned(GEOSGeom_createPolygon_r(geos_context(), outer.release(), released.data(),
                                          static_cast<unsigned>(released.size())));
}

GeosGeometry collected(int type, std::vector<GeosGeometry> parts) {
    std::vector<GEOSGeometry*> released;
    released.reserve(parts.size());
    for (GeosGeometry& part : parts)
        released.push_back(part.release());
    return owned(
        GEOSGeom_createCollection_r(geos_context(), type, released.data(), static_cast<unsigned>(released.size())));
}

Ring ring_from(const GEOSGeometry* ring) {
    const GEOSCoordSequence* coordinates = GEOSGeom_getCoordSeq_r(geos_context(), ring);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(geos_context(), coordinates, &size);
    Ring result(size);
    if (size > 0) GEOSCoordSeq_copyToBuffer_r(geos_context(), coordinates, &result.front().x, 0, 0);
    return result;
}

void orient(Ring& ring, bool clockwise) {
    const double area = signed_area(ring);
    if ((clockwise && area < 0) || (!clockwise && area > 0)) ring = Ring(ring.rbegin(), ring.rend());
}

Polygon polygon_from(const GEOSGeometry* polygon) {
    GEOSContextHandle_t context = geos_context();
    Polygon result;
    result.outer = ring_from(GEOSGetExteriorRing_r(context, polygon));
    orient(result.outer, true);
    const int inners = GEOSGetNumInteriorRings_r(context, polygon);
    for (int i = 0; i < inners; ++i) {
        result.inners.push_back(ring_from(GEOSGetInteriorRingN_r(context, polygon, i)));
        orient(result.inners.back(), false);
    }
    return result;
}

}  // namespace

GEOSContextHandle_t geos_context() {
    return thread_context().handle();
}

GeosGeometry owned(GEOSGeometry* geometry) {
    if (geometry == nullptr) throw_geos_error();
    return GeosGeometry(geometry);
}

void throw_geos_error() {
    throw Error(ErrorKind::internal, {"geos.failed"_msg, {{"reason", thread_context().take_error()}}});
}

GeosGeometry to_geos(const MultiPolygon& polygons) {
    std::vector<GeosGeometry> parts;
    for (const Polygon& polygon : polygons) {
        if (!polygon.outer.empty()) parts.push_back(polygon_to_geos(polygon));
    }
    return collected(GEOS_MULTIPOLYGON, std::move(parts));
}

GeosGeometry to_geos(const Geometry& geometry) {
    std::vector<GeosGeometry> parts;
    if (const auto* points = std::get_if<Points>(&geometry)) {
        for (const Point& p : points->parts) {
            parts.push_back(owned(GEOSGeom_createPointFromXY_r(geos_context(), p.x, p.y)));
        }
        return collected(GEOS_MULTIPOINT, std::move(parts));
    }
    if (const auto* lines = std::get_if<Lines>(&geometry)) {
        for (const LineString& line : lines->parts) {
            if (line.empty()) continue;
            if (line.size() == 1) throw Error(ErrorKind::input, {"geometry.short_line"_msg, {}});
            parts.push_back(owned(GEOSGeom_createLineString_r(geos_context(), sequence(line))));
        }
        return collected(GEOS_MULTILINESTRING, std::move(parts));
    }
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) return to_geos(*polygons);
    return collected(GEOS_GEOMETRYCOLLECTION, {});
}

MultiPolygon polygons_from(const GEOSGeometry* geometry) {
    GEOSContextHandle_t context = geos_context();
    MultiPolygon result;
    std::vector<const GEOSGeometry*> waiting{geometry};
    while (!waiting.empty()) {
        const GEOSGeometry* next = waiting.back();
        waiting.pop_back();
        if (GEOSisEmpty_r(context, next) != 0) continue;
        const int type = GEOSGeomTypeId_r(context, next);
        if (type == GEOS_POLYGON) result.push_back(polygon_from(next));
        if (type != GEOS_MULTIPOLYGON && type != GEOS_GEOMETRYCOLLECTION) continue;
        for (int i = GEOSGetNumGeometries_r(context, next) - 1; i >= 0; --i) {
            waiting.push_back(GEOSGetGeometryN_r(context, next, i));
        }
    }
    return result;
}

}  // namespace vereda::geo
