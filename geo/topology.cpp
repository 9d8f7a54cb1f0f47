#include "geo/topology.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <utility>
#include <vector>

#include "geo/error.hpp"
#include "geo/geos_handle.hpp"
#include "geo/simple_ring.hpp"

namespace vereda::geo {

namespace {

constexpr int quarter_circle_segments = 16;

bool finite(const Ring& ring) {
    return std::ranges::all_of(ring, [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); });
}

void require_finite(const MultiPolygon& polygons) {
    for (const Polygon& polygon : polygons) {
        if (!finite(polygon.outer) || !std::ranges::all_of(polygon.inners, [](const Ring& r) { return finite(r); })) {
            throw Error(ErrorKind::input, {"geometry.not_finite"_msg, {}});
        }
    }
}

/// GEOS predicates answer 0, 1 or 2 (failed).
bool answered(char result) {
    if (result == 2) throw_geos_error();
    return result == 1;
}

std::optional<Invalidity> invalidity_of(const GEOSGeometry* geometry) {
    char* reason = nullptr;
    GEOSGeometry* location = nullptr;
    const bool valid = answered(GEOSisValidDetail_r(geos_context(), geometry, 0, &reason, &location));
    const GeosGeometry place(location);
    Invalidity found;
    if (reason != nullptr) {
        found.reason = reason;
        GEOSFree_r(geos_context(), reason);
    }
    if (valid) return std::nullopt;
    if (place) {
        GEOSGeomGetX_r(geos_context(), place.get(), &found.place.x);
        GEOSGeomGetY_r(geos_context(), place.get(), &found.place.y);
    }
    return found;
}

class MakeValidParams {
  public:
    MakeValidParams() : handle_(GEOSMakeValidParams_create_r(geos_context())) {
        GEOSMakeValidParams_setMethod_r(geos_context(), handle_, GEOS_MAKE_VALID_STRUCTURE);
        GEOSMakeValidParams_setKeepCollapsed_r(geos_context(), handle_, 0);
    }
    MakeValidParams(const MakeValidParams&) = delete;
    MakeValidParams& operator=(const MakeValidParams&) = delete;
    ~MakeValidParams() { GEOSMakeValidParams_destroy_r(geos_context(), handle_); }
    [[nodiscard]] const GEOSMakeValidParams* get() const { return handle_; }

  private:
    GEOSMakeValidParams* handle_;
};

constexpr std::size_t few_parts = 16;

/// Whether all parts are rings without holes, surely simple, with boxes apart: valid without asking GEOS.
bool surely_valid(const MultiPolygon& polygons) {
    if (polygons.empty() || polygons.size() > few_parts) return false;
    for (std::size_t i = 0; i < polygons.size(); ++i) {
        if (!polygons[i].inners.empty() || !surely_simple(polygons[i].outer)) return false;
        for (std::size_t k = 0; k < i; ++k) {
            if (envelope(polygons[i]).intersects(envelope(polygons[k]))) return false;
        }
    }
    return true;
}

}  // namespace

std::optional<Invalidity> invalidity(const MultiPolygon& polygons) {
    return invalidity_of(to_geos(polygons).get());
}

Repair repair(MultiPolygon polygons) {
    require_finite(polygons);
    Repair result;
    if (surely_valid(polygons)) {
        result.polygons = std::move(polygons);
        for (Polygon& polygon : result.polygons) {
            if (signed_area(polygon.outer) < 0) std::ranges::reverse(polygon.outer);
        }
        return result;
    }
    const GeosGeometry geometry = to_geos(polygons);
    result.problem = invalidity_of(geometry.get());
    if (!result.problem) {
        result.polygons = polygons_from(geometry.get());
        return result;
    }
    const MakeValidParams params;
    const GeosGeometry valid = owned(GEOSMakeValidWithParams_r(geos_context(), geometry.get(), params.get()));
    result.polygons = polygons_from(valid.get());
    result.area_changed = planar_area(result.polygons) - planar_area(polygons);
    return result;
}

MultiPolygon intersection(const MultiPolygon& a, const MultiPolygon& b) {
    if (!envelope(a).intersects(envelope(b))) return {};
    const GeosGeometry left = to_geos(a);
    const GeosGeometry right = to_geos(b);
    return polygons_from(owned(GEOSIntersection_r(geos_context(), left.get(), right.get())).get());
}

MultiPolygon difference(const MultiPolygon& a, const MultiPolygon& b) {
    const GeosGeometry left = to_geos(a);
    const GeosGeometry right = to_geos(b);
    return polygons_from(owned(GEOSDifference_r(geos_context(), left.get(), right.get())).get());
}

MultiPolygon union_of(const std::vector<MultiPolygon>& parts) {
    MultiPolygon all;
    for (const MultiPolygon& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    const GeosGeometry collection = to_geos(all);
    return polygons_from(owned(GEOSUnaryUnion_r(geos_context(), collection.get())).get());
}

MultiPolygon buffer(const Geometry& geometry, double distance) {
    const GeosGeometry source = to_geos(geometry);
    return polygons_from(owned(GEOSBuffer_r(geos_context(), source.get(), distance, quarter_circle_segments)).get());
}

bool intersects(const MultiPolygon& a, const MultiPolygon& b) {
    if (!envelope(a).intersects(envelope(b))) return false;
    const GeosGeometry left = to_geos(a);
    const GeosGeometry right = to_geos(b);
    return answered(GEOSIntersects_r(geos_context(), left.get(), right.get()));
}

double distance(const Geometry& a, const Geometry& b) {
    if (envelope(a).empty() || envelope(b).empty()) return std::numeric_limits<double>::infinity();
    const GeosGeometry left = to_geos(a);
    const GeosGeometry right = to_geos(b);
    double result = 0;
    if (GEOSDistance_r(geos_context(), left.get(), right.get(), &result) == 0) throw_geos_error();
    return result;
}

Point interior_point(const MultiPolygon& polygons) {
    const GeosGeometry source = to_geos(polygons);
    if (GEOSisEmpty_r(geos_context(), source.get()) != 0) {
        throw Error(ErrorKind::input, {"geometry.empty"_msg, {}});
    }
    const GeosGeometry point = owned(GEOSPointOnSurface_r(geos_context(), source.get()));
    Point result;
    GEOSGeomGetX_r(geos_context(), point.get(), &result.x);
    GEOSGeomGetY_r(geos_context(), point.get(), &result.y);
    return result;
}

MultiPolygon simplified(const MultiPolygon& polygons, double tolerance) {
    const GeosGeometry source = to_geos(polygons);
    return polygons_from(owned(GEOSTopologyPreserveSimplify_r(geos_context(), source.get(), tolerance)).get());
}

namespace {

/// GEOS 3.11's prepared geometries build and change their indexes while they answer, so one serves one caller at a
/// time.
struct Prepared {
    GeosGeometry geometry;
    const GEOSPreparedGeometry* prepared;

    explicit Prepared(const MultiPolygon& polygons)
        : geometry(to_geos(polygons)), prepared(GEOSPrepare_r(geos_context(), geometry.get())) {
        if (prepared == nullptr) throw_geos_error();
    }
    Prepared(const Prepared&) = delete;
    Prepared& operator=(const Prepared&) = delete;
    ~Prepared() { GEOSPreparedGeom_destroy_r(geos_context(), prepared); }
};

}  // namespace

/// As many prepared copies as callers ever asked at once.
struct PreparedPolygons::State {
    MultiPolygon polygons;
    Box box;
    std::mutex mutex;
    std::vector<std::unique_ptr<Prepared>> idle;

    template <class Question>
    bool ask(const Question& question) {
        std::unique_ptr<Prepared> mine;
        {
            const std::scoped_lock lock(mutex);
            if (!idle.empty()) {
                mine = std::move(idle.back());
                idle.pop_back();
            }
        }
        if (!mine) mine = std::make_unique<Prepared>(polygons);
        const bool result = answered(question(mine->prepared));
        const std::scoped_lock lock(mutex);
        idle.push_back(std::move(mine));
        return result;
    }
};

PreparedPolygons::PreparedPolygons(const MultiPolygon& polygons) : state_(std::make_unique<State>()) {
    state_->polygons = polygons;
    state_->box = envelope(polygons);
    state_->idle.push_back(std::make_unique<Prepared>(polygons));
}
PreparedPolygons::PreparedPolygons(PreparedPolygons&&) noexcept = default;
PreparedPolygons& PreparedPolygons::operator=(PreparedPolygons&&) noexcept = default;
PreparedPolygons::~PreparedPolygons() = default;

bool PreparedPolygons::covers(Point point) const {
    if (!state_->box.intersects(Box{point, point})) return false;
    const GeosGeometry other = owned(GEOSGeom_createPointFromXY_r(geos_context(), point.x, point.y));
    return state_->ask(
        [&](const GEOSPreparedGeometry* p) { return GEOSPreparedCovers_r(geos_context(), p, other.get()); });
}

bool PreparedPolygons::covers(const MultiPolygon& polygons) const {
    if (!state_->box.intersects(envelope(polygons))) return false;
    const GeosGeometry other = to_geos(polygons);
    return state_->ask(
        [&](const GEOSPreparedGeometry* p) { return GEOSPreparedCovers_r(geos_context(), p, other.get()); });
}

bool PreparedPolygons::intersects(const MultiPolygon& polygons) const {
    if (!state_->box.intersects(envelope(polygons))) return false;
    const GeosGeometry other = to_geos(polygons);
    return state_->ask(
        [&](const GEOSPreparedGeometry* p) { return GEOSPreparedIntersects_r(geos_context(), p, other.get()); });
}

}  // namespace vereda::geo
