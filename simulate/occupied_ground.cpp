#include "simulate/occupied_ground.hpp"

#include <algorithm>
#include <cmath>

#include "geo/topology.hpp"
#include "simulate/outline.hpp"

namespace vereda::simulate {

namespace {

constexpr double cell = 200;

template <class Visit>
void for_each_cell(const geo::Box& box, Visit visit) {
    const auto index = [](double v) { return static_cast<std::int64_t>(std::floor(v / cell)); };
    for (std::int64_t x = index(box.min.x); x <= index(box.max.x); ++x) {
        for (std::int64_t y = index(box.min.y); y <= index(box.max.y); ++y)
            visit(x * 0x1'0000'0000LL + y);
    }
}

geo::Box grown(geo::Box box, double by) {
    box.add(geo::Point{box.min.x - by, box.min.y - by});
    box.add(geo::Point{box.max.x + by, box.max.y + by});
    return box;
}

double gap_between(const geo::Ring& a, const geo::Ring& b) {
    return geo::distance(geo::Geometry(as_polygons(a)), geo::Geometry(as_polygons(b)));
}

}  // namespace

void OccupiedGround::put(int key, const geo::Ring& outline) {
    remove(key);
    outlines_[key] = outline;
    for_each_cell(geo::envelope(outline), [&](std::int64_t at) { cells_[at].push_back(key); });
}

void OccupiedGround::remove(int key) {
    const auto found = outlines_.find(key);
    if (found == outlines_.end()) return;
    for_each_cell(geo::envelope(found->second), [&](std::int64_t at) { std::erase(cells_[at], key); });
    outlines_.erase(found);
}

std::vector<int> OccupiedGround::candidates(const geo::Box& box) const {
    std::vector<int> keys;
    for_each_cell(box, [&](std::int64_t at) {
        const auto found = cells_.find(at);
        if (found != cells_.end()) keys.insert(keys.end(), found->second.begin(), found->second.end());
    });
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

bool OccupiedGround::is_free(const geo::Ring& outline, double gap, const std::vector<int>& ignored) const {
    const geo::Box reach = grown(geo::envelope(outline), gap);
    return std::ranges::none_of(candidates(reach), [&](int key) {
        if (std::ranges::find(ignored, key) != ignored.end()) return false;
        const geo::Ring& other = outlines_.at(key);
        return reach.intersects(geo::envelope(other)) && gap_between(outline, other) < gap;
    });
}

std::vector<int> OccupiedGround::near(int key, const geo::Ring& outline, double reach) const {
    const geo::Box box = grown(geo::envelope(outline), reach);
    std::vector<int> keys;
    for (const int other : candidates(box)) {
        if (other != key && gap_between(outline, outlines_.at(other)) <= reach) keys.push_back(other);
    }
    return keys;
}

}  // namespace vereda::simulate
