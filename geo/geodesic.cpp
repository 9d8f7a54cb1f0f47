#include "geo/geodesic.hpp"

#include <geodesic.h>

#include <cmath>
#include <numbers>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/proj_handle.hpp"

namespace vereda::geo {

namespace {

geod_geodesic made(double semi_major, double flattening) {
    geod_geodesic g;
    geod_init(&g, semi_major, flattening);
    return g;
}

struct Measures {
    double area = 0;
    double perimeter = 0;
};

Measures measured(const geod_geodesic& g, std::span<const Point> points) {
    geod_polygon polygon;
    geod_polygon_init(&polygon, 0);
    const std::size_t count = points.size() > 1 && points.front() == points.back() ? points.size() - 1 : points.size();
    for (const Point& p : points.first(count))
        geod_polygon_addpoint(&g, &polygon, p.y, p.x);
    Measures result;
    geod_polygon_compute(&g, &polygon, 0, 1, &result.area, &result.perimeter);
    result.area = std::abs(result.area);
    return result;
}

/// Area of a ring in longitudes and latitudes whose edges are straight in the plane of longitude and authalic height
/// (Snyder 1987, eq. 3-12: dA = a²/2 · dq · dλ). Geodesic polygons of Karney's method carry some 1e-3 m² of rounding
/// per vertex (c² times the rounding of an angle), which is too much for plots; differences of q taken from the ring's
/// first point carry 1e-7 m². The edges tend to any other definition of "straight" as they are cut shorter.
class AuthalicPlane {
  public:
    explicit AuthalicPlane(const Ellipsoid& ellipsoid)
        : half_square_(ellipsoid.semi_major.value() * ellipsoid.semi_major.value() / 2) {
        const double f = ellipsoid.inverse_flattening == 0 ? 0 : 1 / ellipsoid.inverse_flattening;
        squared_eccentricity_ = f * (2 - f);
    }

    /// nullopt for rings around a pole: they do not close in this plane.
    [[nodiscard]] std::optional<double> area(std::span<const Point> degrees) const {
        const double to_radians = std::numbers::pi / 180;
        const Point& first = degrees.front();
        const double q0 = q(first.y * to_radians);
        double turned = 0;
        double sum = 0;
        double height = 0;
        for (std::size_t i = 1; i <= degrees.size(); ++i) {
            const Point& from = degrees[i - 1];
            const Point& to = i == degrees.size() ? first : degrees[i];
            const double step = std::remainder(to.x - from.x, 360.0);
            const double next = i == degrees.size() ? 0 : q(to.y * to_radians) - q0;
            sum += step * to_radians * (height + next) / 2;
            turned += step;
            height = next;
        }
        if (std::abs(turned) > 180) return std::nullopt;
        return std::abs(sum) * half_square_;
    }

  private:
    /// Snyder's q(φ); 2 sin φ on a sphere.
    [[nodiscard]] double q(double latitude) const {
        const double s = std::sin(latitude);
        if (squared_eccentricity_ == 0) return 2 * s;
        const double e = std::sqrt(squared_eccentricity_);
        return (1 - squared_eccentricity_) * (s / (1 - squared_eccentricity_ * s * s) + std::atanh(e * s) / e);
    }

    double half_square_;
    double squared_eccentricity_ = 0;
};

/// A ring whose edges are straight in a CRS, measured with every edge cut into more and more parts.
class StraightRing {
  public:
    StraightRing(const Crs& crs, const CrsTransform* to_geographic, double to_degrees)
        : to_geographic_(to_geographic),
          to_degrees_(to_degrees),
          authalic_(crs.ellipsoid()),
          geodesic_(made(crs.ellipsoid().semi_major.value(),
                         crs.ellipsoid().inverse_flattening == 0 ? 0 : 1 / crs.ellipsoid().inverse_flattening)) {}

    /// The error of geodesic chords falls with the square of the number of parts, so Romberg's scheme applies.
    [[nodiscard]] double area(const Ring& ring, double relative_tolerance) const {
        if (ring.size() < 3) return 0;
        std::vector<double> previous{cut_area(ring, 1)};
        int parts = 1;
        for (int level = 1; level <= deepest_level; ++level) {
            parts *= 2;
            std::vector<double> row{cut_area(ring, parts)};
            double factor = 1;
            for (const double coarser : previous) {
                factor *= 4;
                row.push_back(row.back() + (row.back() - coarser) / (factor - 1));
            }
            const double change = std::abs(row.back() - previous.back());
            if (change <= relative_tolerance * std::abs(row.back()) || change <= smallest_change) return row.back();
            previous = std::move(row);
        }
        return previous.back();
    }

  private:
    static constexpr int deepest_level = 10;
    static constexpr double smallest_change = 1e-7;  // m²: below it only rounding is left

    [[nodiscard]] double cut_area(const Ring& ring, int parts) const {
        std::vector<Point> points;
        points.reserve(ring.size() * parts);
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Point a = ring[i];
            Point b = ring[(i + 1) % ring.size()];
            if (to_geographic_ == nullptr) b.x = nearest_turn(a.x, b.x);
            for (int k = 0; k < parts; ++k) {
                const double t = static_cast<double>(k) / parts;
                points.push_back({a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t});
            }
            if (i + 2 == ring.size() && ring.front() == ring.back()) break;
        }
        if (to_geographic_ != nullptr) to_geographic_->forward(points);
        for (Point& p : points)
            p = {p.x * to_degrees_, p.y * to_degrees_};
        const std::optional<double> area = authalic_.area(points);
        return area ? *area : measured(geodesic_, points).area;
    }

    /// Across the antimeridian the next vertex is the one a turn away; a whole turn itself is taken as drawn.
    [[nodiscard]] double nearest_turn(double from, double to) const {
        const double turn = 360 / to_degrees_;
        if (std::abs(to - from) <= turn / 2 || std::abs(to - from) >= turn) return to;
        return to > from ? to - turn : to + turn;
    }

    const CrsTransform* to_geographic_;
    double to_degrees_;
    AuthalicPlane authalic_;
    geod_geodesic geodesic_;
};

Crs geographic_base(const Crs& crs) {
    PJ_CONTEXT* context = thread_proj_context();
    ProjObject object = proj_crs(context, crs.wkt());
    if (proj_get_type(object.get()) == PJ_TYPE_BOUND_CRS) object.reset(proj_get_source_crs(context, object.get()));
    const ProjObject geodetic(proj_crs_get_geodetic_crs(context, object.get()));
    const char* const options[] = {"MULTILINE=NO", nullptr};
    return Crs::parse(proj_as_wkt(context, geodetic.get(), PJ_WKT2_2019, options));
}

}  // namespace

Geodesic::Geodesic(const Ellipsoid& ellipsoid)
    : semi_major_(ellipsoid.semi_major.value()),
      flattening_(ellipsoid.inverse_flattening == 0 ? 0 : 1 / ellipsoid.inverse_flattening) {}

SquareMetres Geodesic::area(const Ring& ring) const {
    return SquareMetres(measured(made(semi_major_, flattening_), ring).area);
}

SquareMetres Geodesic::area(const MultiPolygon& polygons) const {
    SquareMetres total;
    for (const Polygon& polygon : polygons) {
        total += area(polygon.outer);
        for (const Ring& inner : polygon.inners)
            total -= area(inner);
    }
    return total;
}

Metres Geodesic::perimeter(const Ring& ring) const {
    return Metres(measured(made(semi_major_, flattening_), ring).perimeter);
}

Metres Geodesic::length(const LineString& line) const {
    Metres total;
    for (std::size_t i = 1; i < line.size(); ++i)
        total += distance(line[i - 1], line[i]);
    return total;
}

Metres Geodesic::distance(Point a, Point b) const {
    const geod_geodesic g = made(semi_major_, flattening_);
    double metres = 0;
    geod_inverse(&g, a.y, a.x, b.y, b.x, &metres, nullptr, nullptr);
    return Metres(metres);
}

namespace {

/// Projections whose plane has the ellipsoid's areas: there the shoelace formula is the ellipsoidal area itself.
bool is_equal_area(const Crs& crs) {
    if (crs.is_geographic()) return false;
    for (const std::string_view method : {"METHOD[\"Lambert Azimuthal Equal Area\"", "METHOD[\"Albers Equal Area\"",
                                          "METHOD[\"Lambert Cylindrical Equal Area\""}) {
        if (crs.wkt().find(method) != std::string::npos) return true;
    }
    return false;
}

/// How one CRS's coordinates become degrees on its own ellipsoid.
struct ToDegrees {
    std::string wkt;
    std::optional<double> square_unit;  ///< square metres, where the plane has the ellipsoid's areas
    std::optional<CrsTransform> transform;
    double factor = 1;
};

/// The last CRS a thread measured in is kept: making a transform takes far longer than measuring a plot.
const ToDegrees& to_degrees(const Crs& crs) {
    thread_local ToDegrees last;
    if (last.wkt != crs.wkt()) {
        ToDegrees made;
        double unit = crs.unit_factor();
        if (is_equal_area(crs)) made.square_unit = unit * unit;
        if (!crs.is_geographic()) {
            const Crs base = geographic_base(crs);
            made.transform.emplace(crs, base);
            unit = base.unit_factor();
        }
        made.factor = unit * 180 / std::numbers::pi;
        made.wkt = crs.wkt();
        last = std::move(made);
    }
    return last;
}

}  // namespace

SquareMetres ellipsoidal_area(const MultiPolygon& polygons, const Crs& crs, double relative_tolerance) {
    const ToDegrees& way = to_degrees(crs);
    if (way.square_unit) return SquareMetres(planar_area(polygons) * *way.square_unit);
    const StraightRing ring(crs, way.transform ? &*way.transform : nullptr, way.factor);
    double total = 0;
    for (const Polygon& polygon : polygons) {
        total += ring.area(polygon.outer, relative_tolerance);
        for (const Ring& inner : polygon.inners)
            total -= ring.area(inner, relative_tolerance);
    }
    return SquareMetres(total);
}

}  // namespace vereda::geo
