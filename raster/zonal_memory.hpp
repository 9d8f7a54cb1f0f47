/// How the memory of a zonal run is shared out between zones, threads and tables. Internal to raster/.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "raster/coverage.hpp"
#include "raster/zonal.hpp"
#include "raster/zonal_plan.hpp"

namespace vereda::raster::detail {

/// Bytes of the cells that one row of an item's tiles takes when read, over all layers.
struct ReadShape {
    std::int64_t row_bytes = 0;
    int least_rows = 1;  ///< rows that must be read at once
    int most_rows = 1;
};

struct MemoryShares {
    int threads = 1;
    int rows = 1;             ///< read at once by each thread, a multiple of least_rows
    std::int64_t tables = 0;  ///< bytes left for tables of values
};

/// Bytes that zones and their states take before any table of values.
[[nodiscard]] std::int64_t zone_bytes(const ZonalPlan& plan, std::span<const Zone> zones,
                                      const std::vector<Outline>& outlines);

/// Rows and threads that fit beside the zones. Throws Error(resource, "zonal.memory_too_small").
[[nodiscard]] MemoryShares share_memory(const ZonalPlan& plan, std::int64_t zones, const ReadShape& shape,
                                        const ZonalOptions& options);

}  // namespace vereda::raster::detail
