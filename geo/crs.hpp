/// Coordinate reference systems as values, and transforms between them.
///
/// Coordinates handed in and out are always x = east or longitude, y = north or latitude, whatever the axis order of
/// the authority's definition (PROJ's proj_normalize_for_visualization; ISO 19111 axis order is never exposed).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "geo/geometry.hpp"
#include "geo/quantity.hpp"

namespace vereda::geo {

struct Ellipsoid {
    Metres semi_major{6'378'137.0};
    double inverse_flattening = 298.257223563;  ///< 0 for a sphere
    friend bool operator==(const Ellipsoid&, const Ellipsoid&) = default;
};

/// A horizontal CRS, geographic or projected. A value: comparable, copyable, shared between threads.
/// Compound CRSs keep their horizontal part. Local, engineering and vertical CRSs are refused.
class Crs {
  public:
    /// "EPSG:9377", any WKT, PROJJSON, or a PROJ string. Throws Error(input, "crs.unknown") naming the text, and
    /// Error(policy, "crs.reference") where the text is an address to be fetched.
    [[nodiscard]] static Crs parse(std::string_view text);
    [[nodiscard]] static const Crs& wgs84();  ///< EPSG:4326, shown as longitude, latitude

    [[nodiscard]] const std::string& wkt() const;  ///< WKT2:2019, one line
    [[nodiscard]] std::string projjson() const;
    /// "EPSG:9377" where the authority is known, else the name.
    [[nodiscard]] const std::string& label() const;
    [[nodiscard]] bool is_geographic() const;
    /// Length of one coordinate unit: metres for projected CRSs (0.3048006… for US feet); for geographic ones, radians.
    [[nodiscard]] double unit_factor() const;
    [[nodiscard]] const Ellipsoid& ellipsoid() const;
    /// Same CRS up to axis order and spelling (PROJ's PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS).
    friend bool operator==(const Crs& a, const Crs& b);

  private:
    struct State;
    explicit Crs(std::shared_ptr<const State> state) : state_(std::move(state)) {}
    std::shared_ptr<const State> state_;
};

/// A coordinate operation, for one thread at a time. Move-only owner of PROJ's handle and context.
class CrsTransform {
  public:
    /// Best available operation without network grids. Throws Error(input, "crs.no_operation") when there is none.
    CrsTransform(const Crs& from, const Crs& to);
    CrsTransform(CrsTransform&&) noexcept;
    CrsTransform& operator=(CrsTransform&&) noexcept;
    ~CrsTransform();

    [[nodiscard]] bool is_identity() const;
    /// Stated accuracy of the operation in metres; nullopt when the authority gives none. 0 for pure conversions.
    [[nodiscard]] std::optional<Metres> accuracy() const;

    /// In place. Throws Error(input, "crs.outside") naming the first point that has no image.
    void forward(std::span<Point> points) const;
    [[nodiscard]] Point forward(Point point) const;
    [[nodiscard]] Point inverse(Point point) const;

    /// Every vertex moved; edges are first cut so that no cut chord departs from the true image of the edge (straight
    /// in the *source* CRS) by more than `tolerance`, in units of the target CRS.
    [[nodiscard]] MultiPolygon forward_densified(const MultiPolygon& polygons, double tolerance) const;
    /// Vertices only, no densification.
    [[nodiscard]] Geometry forward(const Geometry& geometry) const;
    /// Box that contains the image of `box`, its edges sampled at 21 points each.
    [[nodiscard]] Box forward(const Box& box) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Lambert azimuthal equal-area on the CRS's own ellipsoid, centred on `extent` (given in `crs`): planar areas in it
/// equal ellipsoidal areas (to 1e-9 relative by construction), distances within 0.1 % up to 500 km from the centre.
[[nodiscard]] Crs equal_area_crs(const Crs& crs, const Box& extent);

}  // namespace vereda::geo
