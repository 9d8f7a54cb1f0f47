#include "simulate/curve.hpp"

#include <cmath>
#include <utility>

namespace vereda::simulate {

namespace {

double distance_to_chord(geo::Point p, geo::Point a, geo::Point b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double length2 = dx * dx + dy * dy;
    if (length2 == 0) return std::hypot(p.x - a.x, p.y - a.y);
    double t = ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

void keep_far_points(const geo::LineString& line, std::size_t first, std::size_t last, double tolerance,
                     std::vector<bool>& keep) {
    std::vector<std::pair<std::size_t, std::size_t>> spans{{first, last}};
    while (!spans.empty()) {
        const auto [a, b] = spans.back();
        spans.pop_back();
        double farthest = tolerance;
        std::size_t at = a;
        for (std::size_t i = a + 1; i < b; ++i) {
            const double d = distance_to_chord(line[i], line[a], line[b]);
            if (d > farthest) {
                farthest = d;
                at = i;
            }
        }
        if (at == a) continue;
        keep[at] = true;
        spans.emplace_back(a, at);
        spans.emplace_back(at, b);
    }
}

}  // namespace

geo::LineString smoothed(geo::LineString line, int rounds, double tolerance) {
    if (line.size() < 3) return line;
    for (int round = 0; round < rounds; ++round) {
        const geo::LineString before = line;
        for (std::size_t i = 1; i + 1 < line.size(); ++i) {
            line[i].x = before[i].x / 2 + (before[i - 1].x + before[i + 1].x) / 4;
            line[i].y = before[i].y / 2 + (before[i - 1].y + before[i + 1].y) / 4;
        }
    }
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
        line[i] = {std::round(line[i].x * 10) / 10, std::round(line[i].y * 10) / 10};
    }
    std::vector<bool> keep(line.size(), false);
    keep.front() = keep.back() = true;
    if (line.front() == line.back()) {  // a closed line: keep a third of the way round too, or nothing would remain
        const std::size_t third = line.size() / 3;
        keep[third] = keep[2 * third] = true;
        keep_far_points(line, 0, third, tolerance, keep);
        keep_far_points(line, third, 2 * third, tolerance, keep);
        keep_far_points(line, 2 * third, line.size() - 1, tolerance, keep);
    } else {
        keep_far_points(line, 0, line.size() - 1, tolerance, keep);
    }
    geo::LineString out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (keep[i] && (out.empty() || !(out.back() == line[i]))) out.push_back(line[i]);
    }
    return out;
}

}  // namespace vereda::simulate
