#include "raster/window_source.hpp"

namespace vereda::raster {

WindowSource::WindowSource(const RasterSource& source, const Window& window)
    : whole_(source.clone()), window_(window), grid_(whole_->grid().cut(window)) {}

void WindowSource::read(const Window& window, Block& block) {
    whole_->read({window_.col + window.col, window_.row + window.row, window.width, window.height}, block);
    block.count_from(window.col, window.row);
}

std::unique_ptr<RasterSource> WindowSource::clone() const {
    return std::make_unique<WindowSource>(*whole_, window_);
}

}  // namespace vereda::raster
