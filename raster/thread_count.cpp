#include "raster/thread_count.hpp"

#include <algorithm>
#include <thread>

namespace vereda::raster::detail {

int wanted_threads(geo::Parallelism parallelism) {
    if (parallelism.jobs > 0) return parallelism.jobs;
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace vereda::raster::detail
