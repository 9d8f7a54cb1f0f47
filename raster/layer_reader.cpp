#include "raster/layer_reader.hpp"

#include <algorithm>
#include <utility>

#include "geo/error.hpp"

namespace vereda::raster::detail {

using geo::operator""_msg;

namespace {

/// Integers beyond 2^53 cannot be told apart as real numbers.
template <class T>
void require_exact(const Block& block, const geo::Locus& locus) {
    constexpr std::int64_t limit = std::int64_t{1} << 53;
    const std::span<const T> values = block.values<T>();
    for (std::size_t i = 0; i < values.size(); ++i) {
        const bool exact = std::cmp_less_equal(values[i], limit) && std::cmp_greater_equal(values[i], -limit);
        if (!exact && block.valid(i)) {
            throw geo::Error(geo::ErrorKind::input, {"raster.integer_too_large"_msg, {}}, locus);
        }
    }
}

/// Whole blocks of the layer around `wanted`, within `limit`; all in cells of the layer.
Window whole_blocks(const Window& wanted, BlockShape shape, const Window& limit) {
    const int col = wanted.col / shape.width * shape.width;
    const int row = wanted.row / shape.height * shape.height;
    const auto ceiling = [](std::int64_t value, std::int64_t step, int most) {
        return static_cast<int>(std::min<std::int64_t>((value + step - 1) / step * step, most));
    };
    const int col_end = ceiling(wanted.col_end(), shape.width, limit.col_end());
    const int row_end = ceiling(wanted.row_end(), shape.height, limit.row_end());
    return intersection({col, row, col_end - col, row_end - row}, limit);
}

}  // namespace

void LayerReader::read_block(const Window& window) {
    source_->read(window, block_);
    infinite_ += block_.infinite;
    almost_nodata_ += block_.almost_nodata;
    if (block_.validity == Validity::none) return;
    if (block_.type() == CellType::int64) require_exact<std::int64_t>(block_, source_->locus());
    if (block_.type() == CellType::uint64) require_exact<std::uint64_t>(block_, source_->locus());
}

LayerTile LayerReader::read(const Window& wanted, const Window& limit) {
    const Window held = intersection(wanted, plan_->on_common);
    if (held.empty()) return {};
    const bool equal = plan_->nesting.factor_x == 1 && plan_->nesting.factor_y == 1;
    return equal ? read_equal(held, intersection(limit, plan_->on_common)) : read_coarse(held);
}

LayerTile LayerReader::read_equal(const Window& wanted, const Window& limit) {
    const auto dx = static_cast<int>(plan_->nesting.col_offset);
    const auto dy = static_cast<int>(plan_->nesting.row_offset);
    const auto moved = [](Window w, int by_col, int by_row) {
        return Window{w.col + by_col, w.row + by_row, w.width, w.height};
    };
    const Window window = whole_blocks(moved(wanted, dx, dy), source_->block_shape(), moved(limit, dx, dy));
    read_block(window);
    return {moved(window, -dx, -dy), &block_};
}

LayerTile LayerReader::read_coarse(const Window& wanted) {
    const Nesting& nest = plan_->nesting;
    const auto coarse_col = [&](int col) { return static_cast<int>((col + nest.col_offset) / nest.factor_x); };
    const auto coarse_row = [&](int row) { return static_cast<int>((row + nest.row_offset) / nest.factor_y); };
    const int col = coarse_col(wanted.col);
    const int row = coarse_row(wanted.row);
    const Window window{col, row, coarse_col(wanted.col_end() - 1) - col + 1,
                        coarse_row(wanted.row_end() - 1) - row + 1};
    read_block(window);
    repeated_.reset(wanted, block_.type());
    repeated_.validity = block_.validity;
    if (block_.validity == Validity::none) return {wanted, &repeated_};
    const bool masked = block_.validity == Validity::by_mask;
    with_cell_type(block_.type(), [&](auto tag) {
        using T = typename decltype(tag)::type;
        const T* from = std::as_const(block_).template values<T>().data();
        T* to = repeated_.values<T>().data();
        const std::uint8_t* mask_from = std::as_const(block_).mask().data();
        std::uint8_t* mask_to = masked ? repeated_.mask().data() : nullptr;
        std::size_t i = 0;
        for (int r = wanted.row; r < wanted.row_end(); ++r) {
            const std::size_t line =
                static_cast<std::size_t>(coarse_row(r) - row) * static_cast<std::size_t>(window.width);
            for (int c = wanted.col; c < wanted.col_end(); ++c, ++i) {
                const std::size_t source = line + static_cast<std::size_t>(coarse_col(c) - col);
                to[i] = from[source];
                if (masked) mask_to[i] = mask_from[source];
            }
        }
    });
    return {wanted, &repeated_};
}

}  // namespace vereda::raster::detail
