/// Reads one layer's cells as cells of the common grid; one per thread. Internal to raster/.
#pragma once

#include <cstdint>
#include <memory>

#include "raster/raster_source.hpp"
#include "raster/zonal_kernel.hpp"
#include "raster/zonal_plan.hpp"

namespace vereda::raster::detail {

class LayerReader {
  public:
    explicit LayerReader(const LayerPlan& plan) : plan_(&plan), source_(plan.source->clone()) {}

    /// Cells of `wanted` and, where that saves copying, of the whole blocks they lie in, but none outside `limit` (both
    /// in cells of the common grid). Good until the next call.
    [[nodiscard]] LayerTile read(const Window& wanted, const Window& limit);
    [[nodiscard]] std::int64_t infinite() const { return infinite_; }
    [[nodiscard]] std::int64_t almost_nodata() const { return almost_nodata_; }

  private:
    [[nodiscard]] LayerTile read_equal(const Window& wanted, const Window& limit);
    [[nodiscard]] LayerTile read_coarse(const Window& wanted);
    void read_block(const Window& window);

    const LayerPlan* plan_;
    std::unique_ptr<RasterSource> source_;
    Block block_;
    Block repeated_;  ///< coarse cells written once for every fine cell they hold
    std::int64_t infinite_ = 0;
    std::int64_t almost_nodata_ = 0;
};

}  // namespace vereda::raster::detail
