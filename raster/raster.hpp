/// Raster<T>: a whole grid of cells in memory, with validity. For small rasters, results and tests; large ones stream
/// through RasterSource.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "raster/grid.hpp"

namespace vereda::raster {

template <class T>
class Raster {
  public:
    explicit Raster(Grid grid, T fill = T{})
        : grid_(std::move(grid)), values_(static_cast<std::size_t>(grid_.cells()), fill) {}
    /// `values` row by row from the top left; exactly grid.cells() of them.
    Raster(Grid grid, std::vector<T> values) : grid_(std::move(grid)), values_(std::move(values)) {
        values_.resize(static_cast<std::size_t>(grid_.cells()));
    }

    [[nodiscard]] const Grid& grid() const { return grid_; }
    [[nodiscard]] int width() const { return grid_.width; }
    [[nodiscard]] int height() const { return grid_.height; }

    [[nodiscard]] T& at(int col, int row) { return values_[index(col, row)]; }
    [[nodiscard]] const T& at(int col, int row) const { return values_[index(col, row)]; }
    [[nodiscard]] std::vector<T>& values() { return values_; }
    [[nodiscard]] const std::vector<T>& values() const { return values_; }
    [[nodiscard]] std::span<const T> row(int row) const {
        return {values_.data() + index(0, row), static_cast<std::size_t>(grid_.width)};
    }

    /// Whether the cell holds a value. Missing is not a number: what at() gives for an invalid cell means nothing.
    [[nodiscard]] bool valid(int col, int row) const { return mask_.empty() || mask_[index(col, row)] != 0; }
    void set_valid(int col, int row, bool valid) {
        if (mask_.empty()) {
            if (valid) return;
            mask_.assign(values_.size(), 1);
        }
        mask_[index(col, row)] = valid ? 1 : 0;
    }
    /// Makes the mask, all cells valid, so that threads may then set cells of their own.
    void make_mask() {
        if (mask_.empty()) mask_.assign(values_.size(), 1);
    }
    /// 1 where valid; empty when every cell is.
    [[nodiscard]] const std::vector<std::uint8_t>& mask() const { return mask_; }

  private:
    [[nodiscard]] std::size_t index(int col, int row) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(grid_.width) + static_cast<std::size_t>(col);
    }
    Grid grid_;
    std::vector<T> values_;
    std::vector<std::uint8_t> mask_;
};

}  // namespace vereda::raster
