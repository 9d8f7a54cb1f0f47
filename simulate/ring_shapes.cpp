#include "simulate/ring_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "geo/topology.hpp"
#include "simulate/outline.hpp"

namespace vereda::simulate {

geo::Point centre_of(const geo::Ring& ring) {
    const geo::Box box = geo::envelope(ring);
    return {(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
}

double area_of_ring(const geo::Ring& ring) {
    return std::abs(geo::signed_area(ring));
}

geo::Ring moved(geo::Ring ring, double dx, double dy) {
    for (geo::Point& p : ring)
        p = to_centimetres({p.x + dx, p.y + dy});
    return ring;
}

geo::Ring hull_of(const geo::Ring& a, const geo::Ring& b) {
    std::vector<geo::Point> points(a.begin(), a.end());
    points.insert(points.end(), b.begin(), b.end());
    std::ranges::sort(points, [](geo::Point p, geo::Point q) { return std::pair(p.x, p.y) < std::pair(q.x, q.y); });
    const auto turn = [](geo::Point o, geo::Point p, geo::Point q) {
        return (p.x - o.x) * (q.y - o.y) - (p.y - o.y) * (q.x - o.x);
    };
    geo::Ring hull;
    for (int pass = 0; pass < 2; ++pass) {
        const std::size_t start = hull.size();
        for (const geo::Point p : points) {
            while (hull.size() >= start + 2 && turn(hull[hull.size() - 2], hull.back(), p) >= 0)
                hull.pop_back();
            hull.push_back(p);
        }
        hull.pop_back();
        std::ranges::reverse(points);
    }
    hull.push_back(hull.front());
    return hull;
}

geo::Ring cut(const geo::Ring& ring, geo::Point on, geo::Point normal) {
    constexpr double far = 2000;  // metres: longer than any plot
    const geo::Point along{-normal.y, normal.x};
    const geo::Ring side{{on.x - far * along.x, on.y - far * along.y},
                         {on.x + far * along.x, on.y + far * along.y},
                         {on.x + far * (along.x + normal.x), on.y + far * (along.y + normal.y)},
                         {on.x + far * (normal.x - along.x), on.y + far * (normal.y - along.y)},
                         {on.x - far * along.x, on.y - far * along.y}};
    geo::Ring largest;
    for (const geo::Polygon& part : geo::intersection(as_polygons(ring), as_polygons(side))) {
        if (largest.empty() || area_of_ring(part.outer) > area_of_ring(largest)) largest = part.outer;
    }
    for (geo::Point& p : largest)
        p = to_centimetres(p);
    return largest;
}

}  // namespace vereda::simulate
