#include "geo/spatial_index.hpp"

#include <boost/geometry/index/rtree.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "geo/boost_models.hpp"

namespace vereda::geo {

namespace {

namespace bgi = boost::geometry::index;

using Entry = std::pair<Box, std::size_t>;
using Tree = bgi::rtree<Entry, bgi::quadratic<16>>;

std::vector<Entry> entries_of(std::span<const Box> boxes) {
    std::vector<Entry> entries;
    entries.reserve(boxes.size());
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (!boxes[i].empty()) entries.emplace_back(boxes[i], i);
    }
    return entries;
}

double squared_distance(Point p, const Box& box) {
    const double dx = std::max({box.min.x - p.x, 0.0, p.x - box.max.x});
    const double dy = std::max({box.min.y - p.y, 0.0, p.y - box.max.y});
    return dx * dx + dy * dy;
}

}  // namespace

struct SpatialIndex::State {
    Tree tree;
};

SpatialIndex::SpatialIndex(std::span<const Box> boxes) : state_(new State{Tree(entries_of(boxes))}) {}
SpatialIndex::SpatialIndex(SpatialIndex&&) noexcept = default;
SpatialIndex& SpatialIndex::operator=(SpatialIndex&&) noexcept = default;
SpatialIndex::~SpatialIndex() = default;

std::vector<std::size_t> SpatialIndex::query(const Box& box) const {
    std::vector<std::size_t> positions;
    if (box.empty()) return positions;
    for (auto it = state_->tree.qbegin(bgi::intersects(box)); it != state_->tree.qend(); ++it) {
        positions.push_back(it->second);
    }
    std::ranges::sort(positions);
    return positions;
}

std::vector<std::size_t> SpatialIndex::nearest(Point point, std::size_t k) const {
    std::vector<Entry> found;
    if (k == 0 || state_->tree.empty()) return {};
    state_->tree.query(bgi::nearest(point, static_cast<unsigned>(std::min(k, state_->tree.size()))),
                       std::back_inserter(found));
    double farthest = 0;
    for (const Entry& entry : found)
        farthest = std::max(farthest, squared_distance(point, entry.first));
    // The tree chooses freely among boxes at the same distance: fetch them all and let the position decide.
    const double reach = std::sqrt(farthest) * (1 + 1e-12);
    const Box around{{point.x - reach, point.y - reach}, {point.x + reach, point.y + reach}};
    std::vector<std::pair<double, std::size_t>> ranked;
    for (auto it = state_->tree.qbegin(bgi::intersects(around)); it != state_->tree.qend(); ++it) {
        const double squared = squared_distance(point, it->first);
        if (squared <= farthest) ranked.emplace_back(squared, it->second);
    }
    std::ranges::sort(ranked);
    if (ranked.size() > k) ranked.resize(k);
    std::vector<std::size_t> positions;
    for (const auto& [squared, position] : ranked)
        positions.push_back(position);
    return positions;
}

}  // namespace vereda::geo
