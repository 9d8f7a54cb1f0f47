#include "regions/observed_land.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "geo/shared_area.hpp"
#include "geo/spatial_index.hpp"
#include "geo/topology.hpp"

namespace vereda::regions {

namespace {

constexpr std::size_t vertices_to_a_tile = 48;
constexpr int deepest = 14;

std::size_t vertices_of(const geo::MultiPolygon& polygons) {
    std::size_t count = 0;
    for (const geo::Polygon& polygon : polygons) {
        count += polygon.outer.size();
        for (const geo::Ring& inner : polygon.inners)
            count += inner.size();
    }
    return count;
}

geo::MultiPolygon rectangle(const geo::Box& box) {
    geo::MultiPolygon shape(1);
    shape[0].outer = {{box.min.x, box.min.y},
                      {box.min.x, box.max.y},
                      {box.max.x, box.max.y},
                      {box.max.x, box.min.y},
                      {box.min.x, box.min.y}};
    return shape;
}

/// Halved across the longer side until few vertices are left.
void cut(geo::MultiPolygon land, int depth, std::vector<geo::MultiPolygon>& tiles) {
    if (land.empty()) return;
    if (depth == deepest || vertices_of(land) <= vertices_to_a_tile) {
        tiles.push_back(std::move(land));
        return;
    }
    const geo::Box box = geo::envelope(land);
    geo::Box lower = box;
    geo::Box upper = box;
    if (box.width() >= box.height()) {
        lower.max.x = upper.min.x = (box.min.x + box.max.x) / 2;
    } else {
        lower.max.y = upper.min.y = (box.min.y + box.max.y) / 2;
    }
    geo::MultiPolygon first = geo::intersection(land, rectangle(lower));
    geo::MultiPolygon second = geo::intersection(land, rectangle(upper));
    land.clear();
    cut(std::move(first), depth + 1, tiles);
    cut(std::move(second), depth + 1, tiles);
}

std::vector<geo::Box> boxes_of(const std::vector<geo::MultiPolygon>& tiles) {
    std::vector<geo::Box> boxes;
    for (const geo::MultiPolygon& tile : tiles)
        boxes.push_back(geo::envelope(tile));
    return boxes;
}

}  // namespace

struct ObservedLand::State {
    std::vector<geo::MultiPolygon> tiles;
    geo::SpatialIndex index;

    explicit State(std::vector<geo::MultiPolygon> cut_tiles) : tiles(std::move(cut_tiles)), index(boxes_of(tiles)) {}
};

ObservedLand::ObservedLand(const std::optional<geo::MultiPolygon>& observed) {
    if (!observed) return;
    std::vector<geo::MultiPolygon> tiles;
    cut(*observed, 0, tiles);
    state_ = std::make_unique<State>(std::move(tiles));
}
ObservedLand::ObservedLand(ObservedLand&&) noexcept = default;
ObservedLand& ObservedLand::operator=(ObservedLand&&) noexcept = default;
ObservedLand::~ObservedLand() = default;

double ObservedLand::share(const geo::MultiPolygon& outline, geo::Point by) const {
    if (everything()) return 1;
    const double whole = geo::planar_area(outline);
    if (!(whole > 0)) return 0;
    geo::Box box = geo::envelope(outline);
    box = {{box.min.x + by.x, box.min.y + by.y}, {box.max.x + by.x, box.max.y + by.y}};
    double seen = 0;
    for (const std::size_t tile : state_->index.query(box))
        seen += geo::shared_area(state_->tiles[tile], outline, by);
    const double share = seen / whole;
    constexpr double rounding = 1e-9;
    return share > 1 - rounding ? 1 : std::max(share, 0.0);
}

}  // namespace vereda::regions
