#include "raster/zonal_memory.hpp"

#include <algorithm>

#include "geo/error.hpp"
#include "raster/pair_table.hpp"
#include "raster/thread_count.hpp"
#include "raster/zonal_kernel.hpp"

namespace vereda::raster::detail {

using geo::operator""_msg;

namespace {

constexpr std::int64_t mebibyte = std::int64_t{1} << 20;
constexpr std::int64_t comfortable_read = 32 * mebibyte;  // per thread; more saves nothing
constexpr std::int64_t kept_by_handle = 8 * mebibyte;     // decoded blocks that a source keeps between reads
constexpr std::int64_t scratch = 4 * mebibyte;            // spans and kernels of one thread

std::int64_t bytes_of(const geo::MultiPolygon& polygons) {
    std::size_t bytes = 0;
    for (const geo::Polygon& polygon : polygons) {
        bytes += sizeof(polygon) + polygon.outer.capacity() * sizeof(geo::Point);
        for (const geo::Ring& inner : polygon.inners)
            bytes += sizeof(inner) + inner.capacity() * sizeof(geo::Point);
    }
    return static_cast<std::int64_t>(bytes);
}

/// What a thread holds beside the rows it reads.
std::int64_t thread_bytes(const ZonalPlan& plan) {
    std::int64_t bytes = scratch;
    for (const LayerPlan& layer : plan.layers) {
        const BlockShape shape = layer.source->block_shape();
        const std::int64_t block =
            std::int64_t{shape.width} * shape.height * static_cast<std::int64_t>(cell_size(layer.source->cell_type()));
        bytes += std::max(block, kept_by_handle);
    }
    return bytes;
}

}  // namespace

std::int64_t zone_bytes(const ZonalPlan& plan, std::span<const Zone> zones, const std::vector<Outline>& outlines) {
    const std::size_t state = plan.layers.size() * sizeof(LayerState) + plan.pairs.size() * sizeof(PairTable) +
                              (plan.keys.empty() ? 0 : sizeof(ValueTable));
    auto bytes = static_cast<std::int64_t>(zones.size() * (sizeof(Zone) + state));
    for (const Zone& zone : zones)
        bytes += bytes_of(zone.geometry);
    for (const Outline& outline : outlines)
        bytes += static_cast<std::int64_t>(outline.bytes());
    return bytes;
}

MemoryShares share_memory(const ZonalPlan& plan, std::int64_t zones, const ReadShape& shape,
                          const ZonalOptions& options) {
    const std::int64_t beside = thread_bytes(plan);
    const std::int64_t least = beside + shape.row_bytes * shape.least_rows;
    const std::int64_t free = options.memory - options.reserved - zones;
    if (free < least) {
        throw geo::Error(geo::ErrorKind::resource,
                         {"zonal.memory_too_small"_msg,
                          {{"memory", std::to_string(options.memory / mebibyte)},
                           {"needed", std::to_string((options.reserved + zones + least) / mebibyte + 1)}}},
                         options.zones_locus);
    }
    MemoryShares shares;
    shares.threads = static_cast<int>(std::min<std::int64_t>(wanted_threads(options.parallelism), free / least));
    const std::int64_t read = std::min(comfortable_read, free / shares.threads - beside);
    const std::int64_t rows = read / shape.row_bytes / shape.least_rows * shape.least_rows;
    shares.rows = static_cast<int>(std::clamp<std::int64_t>(rows, shape.least_rows, shape.most_rows));
    shares.tables = free - shares.threads * (beside + shape.row_bytes * shares.rows);
    return shares;
}

}  // namespace vereda::raster::detail
