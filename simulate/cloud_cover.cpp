#include "simulate/cloud_cover.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "geo/topology.hpp"
#include "simulate/outline.hpp"
#include "simulate/surface.hpp"

namespace vereda::simulate {

namespace {

/// Cells of the extent that clouds hide: fast to count while clouds are being added.
class Sky {
  public:
    explicit Sky(const geo::Box& extent) {
        const double cell = std::sqrt(extent.width() * extent.height() / 250'000);
        frame_ = {{extent.min.x, extent.max.y},
                  cell,
                  std::max(1, static_cast<int>(extent.width() / cell)),
                  std::max(1, static_cast<int>(extent.height() / cell))};
        hidden_.assign(frame_.size(), false);
    }

    void hide(const geo::Ring& cloud) {
        for_each_cell(cloud, [&](std::size_t at) {
            if (!hidden_[at]) ++count_;
            hidden_[at] = true;
        });
    }
    [[nodiscard]] double share_with(const geo::Ring& cloud) const {
        std::size_t more = 0;
        for_each_cell(cloud, [&](std::size_t at) { more += hidden_[at] ? 0 : 1; });
        return static_cast<double>(count_ + more) / static_cast<double>(frame_.size());
    }
    [[nodiscard]] double share() const { return static_cast<double>(count_) / static_cast<double>(frame_.size()); }

  private:
    template <class Visit>
    void for_each_cell(const geo::Ring& ring, Visit visit) const {
        const geo::Box box = geo::envelope(ring);
        const auto column = [&](double x) { return static_cast<int>((x - frame_.north_west.x) / frame_.cell); };
        const auto row = [&](double y) { return static_cast<int>((frame_.north_west.y - y) / frame_.cell); };
        for (int r = std::max(0, row(box.max.y)); r <= std::min(frame_.rows - 1, row(box.min.y)); ++r) {
            for (int c = std::max(0, column(box.min.x)); c <= std::min(frame_.columns - 1, column(box.max.x)); ++c) {
                const std::size_t at = frame_.position(c, r);
                if (inside(ring, frame_.centre(at))) visit(at);
            }
        }
    }

    Frame frame_;
    std::vector<bool> hidden_;
    std::size_t count_ = 0;
};

geo::Ring cloud_of(geo::Point centre, double square_metres, Random& random) {
    const OutlineShape shape{36, 0.35, random.uniform(1, 2.2), random.uniform(0, std::numbers::pi)};
    return outline(centre, geo::SquareMetres(square_metres), shape, random);
}

geo::MultiPolygon rectangle(const geo::Box& box) {
    return as_polygons({{box.min.x, box.min.y},
                        {box.min.x, box.max.y},
                        {box.max.x, box.max.y},
                        {box.max.x, box.min.y},
                        {box.min.x, box.min.y}});
}

constexpr double tile = 2500;        ///< metres
constexpr double tile_margin = 300;  ///< tiles overlap by this much: an outline lies whole in its middle's tile

}  // namespace

geo::MultiPolygon cloud_cover(const geo::Box& extent, double share, Random& random) {
    if (share <= 0) return {};
    constexpr double tolerance = 0.002;
    const double land = extent.width() * extent.height();
    Sky sky(extent);
    std::vector<geo::MultiPolygon> clouds;
    geo::Point bank{};
    for (int tries = 0; sky.share() < share - tolerance && tries < 100'000; ++tries) {
        if (tries % 6 == 0)
            bank = {random.uniform(extent.min.x, extent.max.x), random.uniform(extent.min.y, extent.max.y)};
        const geo::Point centre{bank.x + random.normal(0, 2500), bank.y + random.normal(0, 2500)};
        const double wanted = (share - sky.share()) * land;
        const double area = std::min(std::clamp(4e6 * std::exp(random.normal(0, 0.9)), 1e6, 2e7), wanted);
        geo::Ring cloud = cloud_of(centre, area, random);
        if (sky.share_with(cloud) > share + tolerance) continue;
        sky.hide(cloud);
        clouds.push_back(as_polygons(std::move(cloud)));
    }
    return geo::intersection(geo::union_of(clouds), rectangle(extent));
}

TiledClouds::TiledClouds(const geo::MultiPolygon& clouds, const geo::Box& extent)
    : south_west_(extent.min),
      columns_(std::max(1, static_cast<int>(std::ceil(extent.width() / tile)))),
      rows_(std::max(1, static_cast<int>(std::ceil(extent.height() / tile)))) {
    tiles_.resize(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_));
    if (clouds.empty()) return;
    for (int row = 0; row < rows_; ++row) {
        const double south = south_west_.y + row * tile;
        geo::Box belt{{extent.min.x - tile_margin, south - tile_margin},
                      {extent.max.x + tile_margin, south + tile + tile_margin}};
        const geo::MultiPolygon in_row = geo::intersection(clouds, rectangle(belt));
        for (int column = 0; column < columns_ && !in_row.empty(); ++column) {
            belt.min.x = south_west_.x + column * tile - tile_margin;
            belt.max.x = south_west_.x + (column + 1) * tile + tile_margin;
            geo::MultiPolygon here = geo::intersection(in_row, rectangle(belt));
            if (here.empty()) continue;
            geo::PreparedPolygons prepared(here);
            tiles_[static_cast<std::size_t>(row * columns_ + column)].emplace(
                Tile{std::move(here), std::move(prepared)});
        }
    }
}

const TiledClouds::Tile* TiledClouds::tile_of(const geo::MultiPolygon& outline) const {
    const geo::Box box = geo::envelope(outline);
    const auto clamped = [](double v, int count) {
        return std::clamp(static_cast<int>(std::floor(v / tile)), 0, count - 1);
    };
    const int column = clamped((box.min.x + box.max.x) / 2 - south_west_.x, columns_);
    const int row = clamped((box.min.y + box.max.y) / 2 - south_west_.y, rows_);
    const std::optional<Tile>& found = tiles_[static_cast<std::size_t>(row * columns_ + column)];
    return found && found->prepared.intersects(outline) ? &*found : nullptr;
}

bool TiledClouds::touch(const geo::MultiPolygon& outline) const {
    return tile_of(outline) != nullptr;
}

geo::MultiPolygon TiledClouds::visible(geo::MultiPolygon outline) const {
    const Tile* clouds = tile_of(outline);
    if (clouds == nullptr) return outline;
    if (clouds->prepared.covers(outline)) return {};
    return geo::difference(outline, clouds->clouds);
}

}  // namespace vereda::simulate
