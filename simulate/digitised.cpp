#include "simulate/digitised.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "simulate/outline.hpp"

namespace vereda::simulate {

namespace {

geo::Point mean_of(const geo::Ring& ring) {
    geo::Point sum;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        sum = {sum.x + ring[i].x, sum.y + ring[i].y};
    const auto n = static_cast<double>(ring.size() - 1);
    return {sum.x / n, sum.y / n};
}

}  // namespace

geo::Ring digitised(const geo::Ring& ring, geo::Metres jitter, geo::Point shift, Random& random) {
    const double whole = 0.8 * jitter.value();
    const double vertex = 0.6 * jitter.value();
    const geo::Point moved{shift.x + random.normal(0, whole), shift.y + random.normal(0, whole)};
    const geo::Point middle = mean_of(ring);
    const std::size_t vertices = ring.size() - 1;
    const auto angle = [&](std::size_t i) { return std::atan2(ring[i].y - middle.y, ring[i].x - middle.x); };
    const auto apart = [&](std::size_t i, std::size_t j) {
        return std::abs(std::remainder(angle(i) - angle(j), 2 * std::numbers::pi));
    };
    geo::Ring out;
    for (std::size_t i = 0; i < vertices; ++i) {
        const double radius = std::hypot(ring[i].x - middle.x, ring[i].y - middle.y);
        const double most = 0.45 * std::min(apart(i, (i + 1) % vertices), apart(i, (i + vertices - 1) % vertices));
        const double far = std::max(0.4 * radius, radius + random.normal(0, vertex));
        const double turned = angle(i) + std::clamp(random.normal(0, vertex) / radius, -most, most);
        out.push_back(
            to_centimetres({middle.x + moved.x + far * std::cos(turned), middle.y + moved.y + far * std::sin(turned)}));
    }
    out.push_back(out.front());
    return out;
}

}  // namespace vereda::simulate
