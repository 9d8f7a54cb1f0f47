/// How many threads a loop may have. Internal to raster/.
#pragma once

#include "geo/parallel.hpp"

namespace vereda::raster::detail {

/// As asked for; all cores where nothing was. At least 1.
[[nodiscard]] int wanted_threads(geo::Parallelism parallelism);

}  // namespace vereda::raster::detail
