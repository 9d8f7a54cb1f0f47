/// One window of a raster as a raster of its own.
#pragma once

#include <memory>

#include "raster/raster_source.hpp"

namespace vereda::raster {

/// Rows and columns count from the window's corner; everything else is the whole raster's. `source` is cloned.
class WindowSource final : public RasterSource {
  public:
    /// The window must lie inside the source's grid and hold a cell.
    WindowSource(const RasterSource& source, const Window& window);
    [[nodiscard]] const Grid& grid() const override { return grid_; }
    [[nodiscard]] CellType cell_type() const override { return whole_->cell_type(); }
    [[nodiscard]] BlockShape block_shape() const override { return whole_->block_shape(); }
    [[nodiscard]] Scaling scaling() const override { return whole_->scaling(); }
    [[nodiscard]] const ClassNames& class_names() const override { return whole_->class_names(); }
    [[nodiscard]] const geo::Locus& locus() const override { return whole_->locus(); }
    void read(const Window& window, Block& block) override;
    [[nodiscard]] std::unique_ptr<RasterSource> clone() const override;

  private:
    std::unique_ptr<RasterSource> whole_;
    Window window_;
    Grid grid_;
};

}  // namespace vereda::raster
