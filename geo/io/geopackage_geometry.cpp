#include "geo/io/geopackage_geometry.hpp"

#include <cmath>
#include <cstddef>
#include <cstring>
#include <vector>

#include "geo/error.hpp"

namespace vereda::geo::io {

namespace {

static_assert(sizeof(Point) == 2 * sizeof(double));

enum class WkbType : std::uint32_t {
    point = 1,
    line = 2,
    polygon = 3,
    multi_point = 4,
    multi_line = 5,
    multi_polygon = 6
};

constexpr std::size_t header_bytes = 8;
constexpr std::size_t envelope_bytes = 4 * sizeof(double);

class Encoder {
  public:
    explicit Encoder(std::string& blob) : blob_(blob) {}

    template <class T>
    void put(const T& value) {
        const std::size_t at = blob_.size();
        blob_.resize(at + sizeof(T));
        std::memcpy(blob_.data() + at, &value, sizeof(T));
    }
    void begin(WkbType type) {
        constexpr char little_endian = 1;
        blob_ += little_endian;
        put(static_cast<std::uint32_t>(type));
    }
    void count(std::size_t parts) { put(static_cast<std::uint32_t>(parts)); }
    void coordinates(const Point* points, std::size_t size) {
        constexpr double beyond = 1e15;
        for (std::size_t i = 0; i < size; ++i) {
            const Point p = points[i];
            if (!(std::abs(p.x) < beyond && std::abs(p.y) < beyond))
                throw Error(ErrorKind::input, {"geometry.not_finite"_msg, {}});
            box.add(p);
        }
        const std::size_t at = blob_.size();
        blob_.resize(at + size * sizeof(Point));
        if (size > 0) std::memcpy(blob_.data() + at, points, size * sizeof(Point));
    }

    void part(const Point& point) {
        begin(WkbType::point);
        coordinates(&point, 1);
    }
    void part(const LineString& line) {
        if (line.size() < 2) throw Error(ErrorKind::input, {"geometry.short_line"_msg, {}});
        begin(WkbType::line);
        count(line.size());
        coordinates(line.data(), line.size());
    }
    void part(const Polygon& polygon) {
        begin(WkbType::polygon);
        count(1 + polygon.inners.size());
        ring(polygon.outer);
        for (const Ring& inner : polygon.inners)
            ring(inner);
    }
    template <class Parts>
    void parts(const Parts& list, WkbType multi, bool single) {
        if (single && list.size() == 1) return part(list.front());
        begin(multi);
        count(list.size());
        for (const auto& one : list)
            part(one);
    }

    Box box;

  private:
    void ring(const Ring& ring) {
        if (ring.size() < 4) throw Error(ErrorKind::input, {"geometry.short_ring"_msg, {}});
        count(ring.size());
        coordinates(ring.data(), ring.size());
    }
    std::string& blob_;
};

}  // namespace

Box encode(const Geometry& geometry, const GeopackageEncoding& encoding, std::string& blob) {
    blob.clear();
    if (std::holds_alternative<std::monostate>(geometry)) return {};
    const auto* points = std::get_if<Points>(&geometry);
    const bool bare = points != nullptr && encoding.single && points->parts.size() == 1;
    blob.resize(header_bytes + (bare ? 0 : envelope_bytes), '\0');
    Encoder encoder(blob);
    if (points != nullptr) encoder.parts(points->parts, WkbType::multi_point, encoding.single);
    if (const auto* lines = std::get_if<Lines>(&geometry))
        encoder.parts(lines->parts, WkbType::multi_line, encoding.single);
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry))
        encoder.parts(*polygons, WkbType::multi_polygon, encoding.single);

    const bool empty = encoder.box.empty();
    constexpr char little_endian = 1;
    constexpr char with_envelope = 1 << 1;
    constexpr char of_nothing = 1 << 4;
    if (empty) blob.erase(header_bytes, envelope_bytes);
    const int flags = little_endian | (empty ? of_nothing : bare ? 0 : with_envelope);
    blob[0] = 'G';
    blob[1] = 'P';
    blob[2] = 0;
    blob[3] = static_cast<char>(flags);
    std::memcpy(blob.data() + 4, &encoding.srs_id, sizeof encoding.srs_id);
    if (!empty && !bare) {
        const double envelope[] = {encoder.box.min.x, encoder.box.max.x, encoder.box.min.y, encoder.box.max.y};
        std::memcpy(blob.data() + header_bytes, envelope, sizeof envelope);
    }
    return encoder.box;
}

}  // namespace vereda::geo::io
