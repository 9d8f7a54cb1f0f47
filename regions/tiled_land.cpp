#include "regions/tiled_land.hpp"

#include <algorithm>
#include <utility>

namespace vereda::regions {
namespace {

/// Cutting costs more than it saves below this.
constexpr std::size_t kTileVertices = 256;
/// A polygon that halving does not thin out (a fan around one point) is kept as it is after so many cuts.
constexpr int kDeepestCut = 24;

std::size_t vertices_of(const geo::Polygon& polygon) {
    std::size_t count = polygon.outer.size();
    for (const geo::Ring& ring : polygon.inners)
        count += ring.size();
    return count;
}

geo::MultiPolygon rectangle(geo::Point min, geo::Point max) {
    geo::MultiPolygon shape(1);
    shape[0].outer = {min, {min.x, max.y}, max, {max.x, min.y}, min};
    return shape;
}

/// The two halves of a box across its longer side.
std::pair<geo::MultiPolygon, geo::MultiPolygon> halves(const geo::Box& box) {
    if (box.width() >= box.height()) {
        const double middle = box.min.x + box.width() / 2;
        return {rectangle(box.min, {middle, box.max.y}), rectangle({middle, box.min.y}, box.max)};
    }
    const double middle = box.min.y + box.height() / 2;
    return {rectangle(box.min, {box.max.x, middle}), rectangle({box.min.x, middle}, box.max)};
}

void cut(const geo::Polygon& polygon, int depth, std::vector<geo::MultiPolygon>& tiles) {
    const geo::MultiPolygon whole{polygon};
    if (vertices_of(polygon) <= kTileVertices || depth == kDeepestCut) {
        tiles.push_back(whole);
        return;
    }
    const auto [first, second] = halves(geo::envelope(polygon));
    for (const geo::MultiPolygon* half : {&first, &second}) {
        for (const geo::Polygon& part : geo::intersection(whole, *half))
            cut(part, depth + 1, tiles);
    }
}

}  // namespace

TiledLand::TiledLand(const geo::MultiPolygon& land) {
    for (const geo::Polygon& polygon : land)
        cut(polygon, 0, tiles_);
    std::vector<geo::Box> boxes;
    for (const geo::MultiPolygon& tile : tiles_) {
        prepared_.emplace_back(tile);
        boxes.push_back(geo::envelope(tile));
    }
    index_ = geo::SpatialIndex(boxes);
}

double TiledLand::area_within(const geo::MultiPolygon& polygons, double whole) const {
    double sum = 0;
    for (const std::size_t i : index_.query(geo::envelope(polygons))) {
        if (prepared_[i].covers(polygons)) return whole;
        if (prepared_[i].intersects(polygons)) sum += geo::planar_area(geo::intersection(polygons, tiles_[i]));
    }
    return std::min(sum, whole);
}

geo::MultiPolygon TiledLand::within(const geo::MultiPolygon& polygons) const {
    std::vector<geo::MultiPolygon> parts;
    for (const std::size_t i : index_.query(geo::envelope(polygons))) {
        if (prepared_[i].covers(polygons)) return polygons;
        if (prepared_[i].intersects(polygons)) parts.push_back(geo::intersection(polygons, tiles_[i]));
    }
    if (parts.empty()) return {};
    return parts.size() == 1 ? std::move(parts.front()) : geo::union_of(parts);
}

geo::MultiPolygon TiledLand::outside(geo::MultiPolygon polygons) const {
    for (const std::size_t i : index_.query(geo::envelope(polygons))) {
        if (polygons.empty() || prepared_[i].covers(polygons)) return {};
        if (prepared_[i].intersects(polygons)) polygons = geo::difference(polygons, tiles_[i]);
    }
    return polygons;
}

}  // namespace vereda::regions
