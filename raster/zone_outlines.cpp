#include "raster/zone_outlines.hpp"

#include <algorithm>
#include <optional>

#include "geo/error.hpp"

namespace vereda::raster::detail {

using geo::operator""_msg;

namespace {

constexpr double densification = 1e-4;  // cells
constexpr std::size_t smallest_chunk = 64;
constexpr std::size_t most_chunks = 64;  // each makes its own transform
constexpr std::size_t zones_between_looks = 64;

/// The grid's extent in the zones' CRS, where it has one.
std::optional<geo::Box> grid_box(const Grid& grid, const geo::Crs& zones_crs) {
    try {
        return geo::CrsTransform(grid.crs, zones_crs).forward(grid.extent());
    } catch (const geo::Error&) {
        return std::nullopt;
    }
}

}  // namespace

std::vector<Outline> zone_outlines(std::span<const Zone> zones, const geo::Crs& zones_crs, const Grid& grid,
                                   const ZonalOptions& options) {
    std::vector<Outline> outlines(zones.size());
    const bool moved = !(zones_crs == grid.crs);
    const std::optional<geo::Box> reach = moved ? grid_box(grid, zones_crs) : std::nullopt;
    const double tolerance = densification * std::min(grid.cell_width, grid.cell_height);
    const std::size_t chunk = std::max(smallest_chunk, (zones.size() + most_chunks - 1) / most_chunks);
    const std::size_t chunks = (zones.size() + chunk - 1) / chunk;
    const auto outline_of = [&](const Zone& zone, const geo::CrsTransform& transform) {
        try {
            return Outline(transform.forward_densified(zone.geometry, tolerance), grid);
        } catch (geo::Error& error) {
            if (reach && !reach->intersects(geo::envelope(zone.geometry))) return Outline();
            error.in_file(options.zones_locus.file).in_layer(options.zones_locus.layer).at_feature(zone.id);
            throw;
        }
    };
    if (options.progress != nullptr)
        options.progress->start_stage({"zonal.stage_outlines"_msg, {}}, static_cast<std::int64_t>(chunks));
    const auto look_up = [&](std::size_t zone) {
        if (options.progress != nullptr && zone % zones_between_looks == 0) options.progress->check();
    };
    geo::parallel_for(
        chunks, options.parallelism,
        [&](std::size_t c) {
            const std::size_t end = std::min(zones.size(), (c + 1) * chunk);
            if (!moved) {
                for (std::size_t z = c * chunk; z < end; ++z) {
                    look_up(z);
                    outlines[z] = Outline(zones[z].geometry, grid);
                }
                return;
            }
            const geo::CrsTransform transform(zones_crs, grid.crs);
            for (std::size_t z = c * chunk; z < end; ++z) {
                look_up(z);
                outlines[z] = outline_of(zones[z], transform);
            }
        },
        options.progress);
    return outlines;
}

}  // namespace vereda::raster::detail
