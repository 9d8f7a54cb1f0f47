#include "raster/align.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "geo/error.hpp"

namespace vereda::raster {

using geo::operator""_msg;

const Raster<double>& AlignedStack::layer(std::string_view name) const {
    const auto found = std::ranges::find(names_, name);
    if (found == names_.end()) {
        throw geo::Error(geo::ErrorKind::usage,
                         {"raster.unknown_name"_msg,
                          {{"name", std::string(name)}, {"names", fmt::format("{}", fmt::join(names_, ", "))}}});
    }
    return layers_[static_cast<std::size_t>(found - names_.begin())];
}

AlignedStack align(const Grid& grid, std::span<const AlignInput> inputs, geo::Parallelism parallelism) {
    require_valid(grid);
    AlignedStack stack(grid);
    for (const AlignInput& input : inputs) {
        stack.names_.push_back(input.name);
        stack.layers_.push_back(input.source->grid() == grid ? read_values(*input.source)
                                                             : resample(*input.source, grid, input.how, parallelism));
    }
    return stack;
}

}  // namespace vereda::raster
