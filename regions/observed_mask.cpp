#include "regions/observed_mask.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "geo/error.hpp"
#include "raster/patches.hpp"
#include "raster/window_source.hpp"

namespace vereda::regions {
namespace {

using geo::operator""_msg;

/// The mask as 1 where it was seen and nothing elsewhere.
class SeenSource final : public raster::RasterSource {
  public:
    SeenSource(const raster::RasterSource& mask, SeenValues seen) : mask_(mask.clone()), seen_(std::move(seen)) {}
    [[nodiscard]] const raster::Grid& grid() const override { return mask_->grid(); }
    [[nodiscard]] raster::CellType cell_type() const override { return raster::CellType::uint8; }
    [[nodiscard]] raster::BlockShape block_shape() const override { return mask_->block_shape(); }
    [[nodiscard]] const geo::Locus& locus() const override { return mask_->locus(); }
    void read(const raster::Window& window, raster::Block& block) override;
    [[nodiscard]] std::unique_ptr<raster::RasterSource> clone() const override {
        return std::make_unique<SeenSource>(*mask_, seen_);
    }

  private:
    [[nodiscard]] bool seen(double value) const {
        if (seen_.values.empty()) return seen_.zero_too || value != 0;
        return std::ranges::any_of(seen_.values,
                                   [&](long long wanted) { return value == static_cast<double>(wanted); });
    }

    std::unique_ptr<raster::RasterSource> mask_;
    SeenValues seen_;
    raster::Block cells_;
};

void SeenSource::read(const raster::Window& window, raster::Block& block) {
    mask_->read(window, cells_);
    block.reset(window, raster::CellType::uint8);
    const std::span<std::uint8_t> ones = block.values<std::uint8_t>();
    const std::span<std::uint8_t> mask = block.mask();
    const raster::Scaling scaling = mask_->scaling();
    std::int64_t count = 0;
    raster::with_cell_type(cells_.type(), [&](auto tag) {
        using T = typename decltype(tag)::type;
        if (cells_.validity == raster::Validity::none) {
            std::ranges::fill(mask, std::uint8_t{0});
            return;
        }
        const std::span<const T> values = std::as_const(cells_).template values<T>();
        for (std::size_t i = 0; i < values.size(); ++i) {
            mask[i] = cells_.valid(i) && seen(scaling.apply(static_cast<double>(values[i]))) ? 1 : 0;
            count += mask[i];
        }
    });
    std::ranges::fill(ones, std::uint8_t{1});
    block.validity = count == window.cells() ? raster::Validity::all
                     : count == 0            ? raster::Validity::none
                                             : raster::Validity::by_mask;
}

}  // namespace

geo::MultiPolygon observed_mask(const raster::RasterSource& mask, const SeenValues& seen, const RegionSet& regions) {
    const raster::Grid& grid = mask.grid();
    const geo::CrsTransform to_grid(regions.crs(), grid.crs);
    const geo::CrsTransform to_analysis(grid.crs, regions.crs());
    const raster::Window window = grid.window_of(to_grid.forward(regions.extent()));
    if (window.empty()) throw geo::Error(geo::ErrorKind::input, {"observed.no_overlap"_msg, {}}, mask.locus());
    raster::PatchOptions options;
    options.components.classes = {1};
    options.components.connectivity = raster::Connectivity::four;
    options.components.parallelism = {.jobs = 1};
    constexpr double kEdgeTolerance = 0.05;
    using Corner = std::pair<int, int>;
    std::vector<std::pair<Corner, geo::MultiPolygon>> patches;
    const SeenSource cells(mask, seen);
    const raster::WindowSource within(cells, window);
    raster::find_patches(within, options, [&](raster::Patch&& patch) {
        patches.emplace_back(Corner(patch.first_row, patch.first_col),
                             to_analysis.forward_densified(patch.polygons, kEdgeTolerance));
    });
    std::ranges::sort(patches, {}, [](const auto& patch) { return patch.first; });
    geo::MultiPolygon land;
    for (auto& [corner, polygons] : patches)
        std::ranges::move(polygons, std::back_inserter(land));
    return land;
}

}  // namespace vereda::regions
