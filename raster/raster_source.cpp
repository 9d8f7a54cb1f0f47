#include "raster/raster_source.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>

namespace vereda::raster {

const ClassNames& RasterSource::class_names() const {
    static const ClassNames none;
    return none;
}

template <class T>
MemoryRasterSource<T>::MemoryRasterSource(Raster<T> raster, geo::Locus locus, BlockShape shape, Scaling scaling,
                                          ClassNames names)
    : raster_(std::make_shared<const Raster<T>>(std::move(raster))),
      locus_(std::move(locus)),
      shape_(shape),
      scaling_(scaling),
      names_(std::make_shared<const ClassNames>(std::move(names))) {}

template <class T>
void MemoryRasterSource<T>::read(const Window& window, Block& block) {
    block.reset(window, cell_type_of<T>);
    const std::span<T> values = block.values<T>();
    const std::span<std::uint8_t> mask = block.mask();
    std::size_t i = 0;
    std::int64_t valid = 0;
    for (int row = window.row; row < window.row_end(); ++row) {
        for (int col = window.col; col < window.col_end(); ++col, ++i) {
            const T value = raster_->at(col, row);
            values[i] = value;
            bool good = raster_->valid(col, row);
            if constexpr (std::is_floating_point_v<T>) {
                if (good && std::isinf(value)) ++block.infinite;
                good = good && std::isfinite(value);
            }
            mask[i] = good ? 1 : 0;
            valid += mask[i];
        }
    }
    block.validity = valid == window.cells() ? Validity::all : valid == 0 ? Validity::none : Validity::by_mask;
}

template <class T>
std::unique_ptr<RasterSource> MemoryRasterSource<T>::clone() const {
    std::unique_ptr<MemoryRasterSource> copy(new MemoryRasterSource);
    copy->raster_ = raster_;
    copy->locus_ = locus_;
    copy->shape_ = shape_;
    copy->scaling_ = scaling_;
    copy->names_ = names_;
    return copy;
}

template class MemoryRasterSource<std::uint8_t>;
template class MemoryRasterSource<std::int8_t>;
template class MemoryRasterSource<std::uint16_t>;
template class MemoryRasterSource<std::int16_t>;
template class MemoryRasterSource<std::uint32_t>;
template class MemoryRasterSource<std::int32_t>;
template class MemoryRasterSource<std::uint64_t>;
template class MemoryRasterSource<std::int64_t>;
template class MemoryRasterSource<float>;
template class MemoryRasterSource<double>;

Raster<double> read_values(const RasterSource& source, Window window) {
    if (window.empty()) window = source.grid().whole();
    const std::unique_ptr<RasterSource> handle = source.clone();
    Block block;
    handle->read(window, block);
    Raster<double> result(source.grid().cut(window));
    const Scaling scaling = source.scaling();
    with_cell_type(block.type(), [&](auto tag) {
        using T = typename decltype(tag)::type;
        const std::span<const T> values = std::as_const(block).values<T>();
        for (int row = 0; row < window.height; ++row) {
            for (int col = 0; col < window.width; ++col) {
                const auto i = static_cast<std::size_t>(row) * static_cast<std::size_t>(window.width) +
                               static_cast<std::size_t>(col);
                if (block.valid(i)) {
                    result.at(col, row) = scaling.apply(static_cast<double>(values[i]));
                } else {
                    result.set_valid(col, row, false);
                }
            }
        }
    });
    return result;
}

}  // namespace vereda::raster
