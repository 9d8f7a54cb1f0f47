#include "report/packed_geometry.hpp"

#include <cmath>

namespace vereda::report {

namespace {

std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

}  // namespace

void PackedGeometry::add(std::uint64_t number) {
    while (number >= 0x80) {
        bytes_.push_back(static_cast<char>((number & 0x7f) | 0x80));
        number >>= 7;
    }
    bytes_.push_back(static_cast<char>(number));
}

void PackedGeometry::add(geo::Point point) {
    const std::int64_t x = std::llround((point.x - origin_.x) / step_);
    const std::int64_t y = std::llround((point.y - origin_.y) / step_);
    add(zigzag(x - x_));
    add(zigzag(y - y_));
    x_ = x;
    y_ = y;
}

void PackedGeometry::add_ring(const geo::Ring& ring) {
    const std::size_t vertices = ring.empty() ? 0 : ring.size() - 1;
    add(std::uint64_t{vertices});
    for (std::size_t i = 0; i < vertices; ++i)
        add(ring[i]);
}

void PackedGeometry::add(const geo::MultiPolygon& polygons) {
    add(std::uint64_t{polygons.size()});
    for (const geo::Polygon& polygon : polygons) {
        add(std::uint64_t{1 + polygon.inners.size()});
        add_ring(polygon.outer);
        for (const geo::Ring& ring : polygon.inners)
            add_ring(ring);
    }
}

void PackedGeometry::restart() {
    x_ = 0;
    y_ = 0;
}

}  // namespace vereda::report
