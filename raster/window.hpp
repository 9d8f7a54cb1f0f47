/// Windows of cells, and the block layouts in which rasters are stored and read.
#pragma once

#include <algorithm>
#include <cstdint>

namespace vereda::raster {

/// A rectangle of cells: columns [col, col + width), rows [row, row + height), counted from the grid's top-left cell.
struct Window {
    int col = 0;
    int row = 0;
    int width = 0;
    int height = 0;

    [[nodiscard]] constexpr bool empty() const { return width <= 0 || height <= 0; }
    [[nodiscard]] constexpr int col_end() const { return col + width; }
    [[nodiscard]] constexpr int row_end() const { return row + height; }
    [[nodiscard]] constexpr std::int64_t cells() const { return empty() ? 0 : std::int64_t{width} * height; }
    [[nodiscard]] constexpr bool contains(int c, int r) const {
        return c >= col && c < col_end() && r >= row && r < row_end();
    }
    friend constexpr bool operator==(const Window&, const Window&) = default;
};

/// The cells in both; width and height 0 where there are none.
[[nodiscard]] constexpr Window intersection(const Window& a, const Window& b) {
    const int col = std::max(a.col, b.col);
    const int row = std::max(a.row, b.row);
    const int width = std::min(a.col_end(), b.col_end()) - col;
    const int height = std::min(a.row_end(), b.row_end()) - row;
    if (width <= 0 || height <= 0) return {};
    return {col, row, width, height};
}

/// Size of a raster's storage blocks in cells.
struct BlockShape {
    int width = 256;
    int height = 256;
    friend constexpr bool operator==(const BlockShape&, const BlockShape&) = default;
};

/// The blocks of one shape that cover a whole grid, numbered row by row from the top left; blocks at the right and
/// bottom edge are cut to the grid.
class BlockLayout {
  public:
    constexpr BlockLayout(int grid_width, int grid_height, BlockShape shape)
        : grid_width_(grid_width), grid_height_(grid_height), shape_(shape) {}
    [[nodiscard]] constexpr int across() const { return (grid_width_ + shape_.width - 1) / shape_.width; }
    [[nodiscard]] constexpr int down() const { return (grid_height_ + shape_.height - 1) / shape_.height; }
    [[nodiscard]] constexpr std::int64_t count() const { return std::int64_t{across()} * down(); }
    [[nodiscard]] constexpr Window window(int across_index, int down_index) const {
        const int col = across_index * shape_.width;
        const int row = down_index * shape_.height;
        return {col, row, std::min(shape_.width, grid_width_ - col), std::min(shape_.height, grid_height_ - row)};
    }
    [[nodiscard]] constexpr Window window(std::int64_t index) const {
        return window(static_cast<int>(index % across()), static_cast<int>(index / across()));
    }

  private:
    int grid_width_;
    int grid_height_;
    BlockShape shape_;
};

}  // namespace vereda::raster
