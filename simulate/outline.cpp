#include "simulate/outline.hpp"

#include <cmath>
#include <numbers>

namespace vereda::simulate {

geo::Point to_centimetres(geo::Point p) {
    return {std::round(p.x * 100) / 100, std::round(p.y * 100) / 100};
}

geo::Ring outline(geo::Point centre, geo::SquareMetres area, const OutlineShape& shape, Random& random) {
    const double stretch = std::sqrt(shape.elongation);
    const double phase2 = random.uniform(0, 2 * std::numbers::pi);
    const double phase3 = random.uniform(0, 2 * std::numbers::pi);
    geo::Ring ring;
    for (int i = 0; i < shape.vertices; ++i) {
        const double angle = -2 * std::numbers::pi * (i + random.uniform(-0.3, 0.3)) / shape.vertices;
        const double wave = 0.45 * std::sin(2 * angle + phase2) + 0.35 * std::sin(3 * angle + phase3);
        const double radius = 1 + shape.roughness * (wave + random.uniform(-0.5, 0.5));
        const double along = radius * std::cos(angle) * stretch;
        const double across = radius * std::sin(angle) / stretch;
        ring.push_back({along * std::cos(shape.direction) - across * std::sin(shape.direction),
                        along * std::sin(shape.direction) + across * std::cos(shape.direction)});
    }
    ring.push_back(ring.front());
    const double scale = std::sqrt(area.value() / geo::signed_area(ring));
    for (geo::Point& p : ring)
        p = to_centimetres({centre.x + scale * p.x, centre.y + scale * p.y});
    return ring;
}

geo::Ring scaled(const geo::Ring& ring, geo::Point centre, double factor) {
    geo::Ring out = ring;
    for (geo::Point& p : out) {
        p = to_centimetres({centre.x + factor * (p.x - centre.x), centre.y + factor * (p.y - centre.y)});
    }
    return out;
}

bool inside(const geo::Ring& ring, geo::Point p) {
    bool in = false;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const geo::Point a = ring[i];
        const geo::Point b = ring[i + 1];
        if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) in = !in;
    }
    return in;
}

}  // namespace vereda::simulate
