#include "geo/shared_area.hpp"

#include <algorithm>
#include <vector>

namespace vereda::geo {

namespace {

/// An edge cut to the common x range, relative to the corner of the common box. Above it the polygon ends (sign +1) or
/// begins (−1).
struct Edge {
    double left;
    double right;
    double y_left;
    double slope;
    double sign;
    [[nodiscard]] double y(double x) const { return y_left + slope * (x - left); }
};

void add_edges(const Ring& ring, Point moved, double width, std::vector<Edge>& edges) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
        Point p{ring[i - 1].x + moved.x, ring[i - 1].y + moved.y};
        Point q{ring[i].x + moved.x, ring[i].y + moved.y};
        const double sign = q.x > p.x ? 1 : -1;
        if (sign < 0) std::swap(p, q);
        if (!(p.x < width && q.x > 0 && p.x < q.x)) continue;
        const double slope = (q.y - p.y) / (q.x - p.x);
        const double left = std::max(p.x, 0.0);
        const double right = std::min(q.x, width);
        if (left < right) edges.push_back({left, right, p.y + slope * (left - p.x), slope, sign});
    }
}

void edges_of(const MultiPolygon& polygons, Point moved, double width, std::vector<Edge>& edges) {
    edges.clear();
    for (const Polygon& polygon : polygons) {
        add_edges(polygon.outer, moved, width, edges);
        for (const Ring& inner : polygon.inners)
            add_edges(inner, moved, width, edges);
    }
}

/// ∫ min of the two over [left, right].
double below_both(const Edge& a, const Edge& b, double left, double right) {
    const double a_left = a.y(left);
    const double b_left = b.y(left);
    const double a_right = a.y(right);
    const double b_right = b.y(right);
    const double gap_left = a_left - b_left;
    const double gap_right = a_right - b_right;
    const double lowest = (std::min(a_left, b_left) + std::min(a_right, b_right)) / 2 * (right - left);
    if (!((gap_left < 0 && gap_right > 0) || (gap_left > 0 && gap_right < 0))) return lowest;
    // They cross: the chord of the two minima runs below the true minimum by a triangle.
    const double here = gap_left < 0 ? -gap_left : gap_left;
    const double there = gap_right < 0 ? -gap_right : gap_right;
    return lowest + here * there / (here + there) / 2 * (right - left);
}

}  // namespace

double shared_area(const MultiPolygon& a, const MultiPolygon& b, Point b_moved) {
    const Box box_a = envelope(a);
    Box box_b = envelope(b);
    box_b = {{box_b.min.x + b_moved.x, box_b.min.y + b_moved.y}, {box_b.max.x + b_moved.x, box_b.max.y + b_moved.y}};
    if (box_a.empty() || box_b.empty()) return 0;
    const Point corner{std::max(box_a.min.x, box_b.min.x), std::max(box_a.min.y, box_b.min.y)};
    const double width = std::min(box_a.max.x, box_b.max.x) - corner.x;
    const double height = std::min(box_a.max.y, box_b.max.y) - corner.y;
    if (!(width > 0 && height > 0)) return 0;
    thread_local std::vector<Edge> edges_a;
    thread_local std::vector<Edge> edges_b;
    edges_of(a, {-corner.x, -corner.y}, width, edges_a);
    edges_of(b, {b_moved.x - corner.x, b_moved.y - corner.y}, width, edges_b);
    std::ranges::sort(edges_b, {}, &Edge::left);
    double area = 0;
    for (const Edge& ours : edges_a) {
        double sum = 0;
        for (const Edge& theirs : edges_b) {
            if (theirs.left >= ours.right) break;
            const double left = std::max(ours.left, theirs.left);
            const double right = std::min(ours.right, theirs.right);
            if (left < right) sum += theirs.sign * below_both(ours, theirs, left, right);
        }
        area += ours.sign * sum;
    }
    return std::clamp(area, 0.0, width * height);
}

}  // namespace vereda::geo
