#include "regions/plot_shape.hpp"

namespace vereda::regions {

namespace {

/// Integrals over the area enclosed, of 1, x, y, x², y², xy.
struct Moments {
    double one = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;

    void add(const geo::Ring& ring, geo::Point origin) {
        for (std::size_t i = 1; i < ring.size(); ++i) {
            const double px = ring[i - 1].x - origin.x;
            const double py = ring[i - 1].y - origin.y;
            const double qx = ring[i].x - origin.x;
            const double qy = ring[i].y - origin.y;
            const double cross = qx * py - px * qy;  // clockwise rings count positive
            one += cross / 2;
            x += cross * (px + qx) / 6;
            y += cross * (py + qy) / 6;
            xx += cross * (px * px + px * qx + qx * qx) / 12;
            yy += cross * (py * py + py * qy + qy * qy) / 12;
            xy += cross * (px * qy + 2 * px * py + 2 * qx * qy + qx * py) / 24;
        }
    }
};

/// Σ |∂centre/∂vertex|², both axes together, times area²: an edge u-v moved by δ shifts area × centre by
/// ∫ (r − c) (δ·n) ds, n ds the edge turned by a right angle, δ linear along it.
double centre_pull(const geo::Ring& ring, geo::Point centre) {
    if (ring.size() < 4) return 0;
    double sum = 0;
    const std::size_t count = ring.size() - 1;
    for (std::size_t i = 0; i < count; ++i) {
        const geo::Point before = ring[i == 0 ? count - 1 : i - 1];
        const geo::Point at = ring[i];
        const geo::Point after = ring[i + 1];
        double xx = 0;
        double xy = 0;
        double yx = 0;
        double yy = 0;
        const auto add_edge = [&](geo::Point from, geo::Point to, geo::Point other) {
            const double rx = (at.x - centre.x) / 3 + (other.x - centre.x) / 6;
            const double ry = (at.y - centre.y) / 3 + (other.y - centre.y) / 6;
            const double nx = to.y - from.y;
            const double ny = from.x - to.x;
            xx += rx * nx;
            xy += rx * ny;
            yx += ry * nx;
            yy += ry * ny;
        };
        add_edge(before, at, before);
        add_edge(at, after, after);
        sum += xx * xx + xy * xy + yx * yx + yy * yy;
    }
    return sum;
}

}  // namespace

PlotShape shape_of(const geo::MultiPolygon& outline) {
    PlotShape shape;
    shape.box = geo::envelope(outline);
    if (outline.empty() || outline.front().outer.empty()) return shape;
    const geo::Point origin = outline.front().outer.front();
    Moments m;
    for (const geo::Polygon& polygon : outline) {
        m.add(polygon.outer, origin);
        for (const geo::Ring& inner : polygon.inners)
            m.add(inner, origin);
    }
    if (!(m.one > 0)) return shape;
    const double cx = m.x / m.one;
    const double cy = m.y / m.one;
    shape.centre = {origin.x + cx, origin.y + cy};
    shape.area = m.one;
    const double square = m.one * m.one;
    shape.stretch = ((m.xx - m.one * cx * cx) - (m.yy - m.one * cy * cy)) / square;
    shape.diagonal = 2 * (m.xy - m.one * cx * cy) / square;
    for (const geo::Polygon& polygon : outline) {
        shape.centre_response += centre_pull(polygon.outer, shape.centre) / (2 * square);
        for (const geo::Ring& inner : polygon.inners)
            shape.centre_response += centre_pull(inner, shape.centre) / (2 * square);
    }
    return shape;
}

}  // namespace vereda::regions
