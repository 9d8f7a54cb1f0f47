/// Fills the small holes of a component given as runs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/quantity.hpp"
#include "raster/components.hpp"
#include "raster/run_area.hpp"

namespace vereda::raster {

struct FilledHoles {
    std::vector<Run> runs;   ///< the component's, holes filled; the same as before where there were none
    std::int64_t cells = 0;  ///< that were filled
    geo::SquareMetres area;
};

/// A hole is a connected set of cells outside the component that cannot leave it: connected over sides where the
/// component is connected over corners as well, and the other way round. It is filled where its ground area is at most
/// `at_most` and no cell of any of the classes looked for lies in it; other cells in it, those without a value too, are
/// filled. `runs` as Component::runs.
[[nodiscard]] FilledHoles fill_holes(std::span<const Run> runs, Connectivity connectivity, geo::SquareMetres at_most,
                                     RunArea& areas);

}  // namespace vereda::raster
