/// Block: the cells of one window in their native type, with validity beside them.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "raster/cell_type.hpp"
#include "raster/window.hpp"

namespace vereda::raster {

enum class Validity : std::uint8_t {
    all,      ///< every cell holds a value; the mask is not filled
    none,     ///< no cell does; neither values nor mask are filled
    by_mask,  ///< mask()[i] is 1 where cell i holds a value, else 0
};

/// A buffer that is kept and refilled: reset() reallocates only to grow. Rows follow each other without gaps.
class Block {
  public:
    void reset(const Window& window, CellType type) {
        window_ = window;
        type_ = type;
        const auto cells = static_cast<std::size_t>(window.cells());
        const std::size_t words = (cells * cell_size(type) + sizeof(double) - 1) / sizeof(double);
        if (storage_.size() < words) storage_.resize(words);
        validity = Validity::all;
        infinite = 0;
        almost_nodata = 0;
    }

    [[nodiscard]] const Window& window() const { return window_; }
    /// The same cells, with the first one called (col, row).
    void count_from(int col, int row) {
        window_.col = col;
        window_.row = row;
    }
    [[nodiscard]] CellType type() const { return type_; }

    template <class T>
    [[nodiscard]] std::span<T> values() {
        assert(cell_type_of<T> == type_);
        return {static_cast<T*>(data()), static_cast<std::size_t>(window_.cells())};
    }
    template <class T>
    [[nodiscard]] std::span<const T> values() const {
        assert(cell_type_of<T> == type_);
        return {static_cast<const T*>(data()), static_cast<std::size_t>(window_.cells())};
    }
    [[nodiscard]] void* data() { return storage_.data(); }
    [[nodiscard]] const void* data() const { return storage_.data(); }

    /// The mask, sized for the window; meaningful while validity is by_mask.
    [[nodiscard]] std::span<std::uint8_t> mask() {
        const auto cells = static_cast<std::size_t>(window_.cells());
        if (mask_.size() < cells) mask_.resize(cells);
        return {mask_.data(), cells};
    }
    [[nodiscard]] std::span<const std::uint8_t> mask() const {
        return {mask_.data(), static_cast<std::size_t>(window_.cells())};
    }
    [[nodiscard]] bool valid(std::size_t i) const {
        return validity == Validity::all || (validity == Validity::by_mask && mask_[i] != 0);
    }

    Validity validity = Validity::all;
    std::int64_t infinite = 0;       ///< cells that hold ±infinity; they are masked out
    std::int64_t almost_nodata = 0;  ///< cells masked out for being as good as the declared nodata, not equal to it

  private:
    Window window_;
    CellType type_ = CellType::uint8;
    std::vector<double> storage_;
    std::vector<std::uint8_t> mask_;
};

}  // namespace vereda::raster
