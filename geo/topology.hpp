/// Validity, repair and overlay. GEOS decides (through its C API); our types go in and come out.
///
/// All functions are planar in the coordinates they are given and keep no state between calls; every thread has its own
/// GEOS context. Rings come out closed, outer clockwise, inner counter-clockwise.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "geo/geometry.hpp"

namespace vereda::geo {

/// Why a geometry is invalid, in GEOS's words, and where.
struct Invalidity {
    std::string reason;
    Point place;
};

[[nodiscard]] std::optional<Invalidity> invalidity(const MultiPolygon& polygons);

struct Repair {
    MultiPolygon polygons;              ///< valid; empty where nothing areal remained
    std::optional<Invalidity> problem;  ///< nullopt: it was valid, only the ring order may have changed
    double area_changed = 0;            ///< planar, after minus before by absolute ring areas, squared coordinate units
};

/// Makes valid keeping every lobe (GEOSMakeValid, structure method, keep collapsed off): a bow-tie keeps both halves,
/// overlapping parts count once, spikes vanish. Coordinates must be finite: Error(input, "geometry.not_finite").
/// Outlines that are plainly simple (geo/simple_ring) are answered without GEOS, with the same result.
[[nodiscard]] Repair repair(MultiPolygon polygons);

[[nodiscard]] MultiPolygon intersection(const MultiPolygon& a, const MultiPolygon& b);
[[nodiscard]] MultiPolygon difference(const MultiPolygon& a, const MultiPolygon& b);
[[nodiscard]] MultiPolygon union_of(const std::vector<MultiPolygon>& parts);
/// Positive distances only grow, negative shrink; 16 segments to a quarter circle. Units of the coordinates.
[[nodiscard]] MultiPolygon buffer(const Geometry& geometry, double distance);
[[nodiscard]] bool intersects(const MultiPolygon& a, const MultiPolygon& b);
/// Infinite where either is empty.
[[nodiscard]] double distance(const Geometry& a, const Geometry& b);
/// A point surely inside. Throws Error(input, "geometry.empty").
[[nodiscard]] Point interior_point(const MultiPolygon& polygons);
/// Douglas-Peucker that keeps validity; for drawing only.
[[nodiscard]] MultiPolygon simplified(const MultiPolygon& polygons, double tolerance);

/// A geometry prepared once and asked many times, from any thread (each call uses the caller's GEOS context).
class PreparedPolygons {
  public:
    explicit PreparedPolygons(const MultiPolygon& polygons);
    PreparedPolygons(PreparedPolygons&&) noexcept;
    PreparedPolygons& operator=(PreparedPolygons&&) noexcept;
    ~PreparedPolygons();
    [[nodiscard]] bool covers(Point point) const;  ///< inside or on the boundary
    [[nodiscard]] bool covers(const MultiPolygon& other) const;
    [[nodiscard]] bool intersects(const MultiPolygon& other) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace vereda::geo
