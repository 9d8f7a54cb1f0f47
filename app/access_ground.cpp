#include "app/access_ground.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/error.hpp"
#include "raster/coverage.hpp"
#include "raster/line_cells.hpp"
#include "raster/move_lengths.hpp"
#include "raster/resample.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr double minutes_per_metre_at_1_km_per_hour = 0.06;

double minutes_per_metre_of(double value, FrictionUnit unit) {
    switch (unit) {
        case FrictionUnit::seconds_per_metre:
            return value / 60;
        case FrictionUnit::hours_per_kilometre:
            return value * minutes_per_metre_at_1_km_per_hour;
        case FrictionUnit::kilometres_per_hour:
            return minutes_per_metre_at_1_km_per_hour / value;
        case FrictionUnit::minutes_per_metre:
            break;
    }
    return value;
}

/// Calls take(col, row, value) with every cell of the window that has a value, scaled.
template <class Take>
void read_cells(raster::RasterSource& source, const raster::Window& window, raster::Block& block, const Take& take) {
    source.read(window, block);
    if (block.validity == raster::Validity::none) return;
    const raster::Scaling scaling = source.scaling();
    raster::with_cell_type(block.type(), [&](auto tag) {
        const auto values = block.values<typename decltype(tag)::type>();
        std::size_t i = 0;
        for (int row = window.row; row < window.row_end(); ++row) {
            for (int col = window.col; col < window.col_end(); ++col, ++i) {
                if (block.valid(i)) take(col, row, scaling.apply(static_cast<double>(values[i])));
            }
        }
    });
}

/// Calls read(handle, window, block) for all blocks of a source on all threads. A row of blocks is one step.
template <class Read>
void for_each_block(const raster::RasterSource& source, Parallelism parallelism, Progress& progress, const Read& read) {
    const raster::BlockLayout layout(source.grid().width, source.grid().height, source.block_shape());
    parallel_for(
        static_cast<std::size_t>(layout.down()), parallelism,
        [&](std::size_t down) {
            const auto handle = source.clone();
            raster::Block block;
            for (int across = 0; across < layout.across(); ++across) {
                progress.check();
                read(*handle, layout.window(across, static_cast<int>(down)), block);
            }
        },
        &progress);
}

std::int64_t rows_of_blocks(const raster::RasterSource& source) {
    return raster::BlockLayout(source.grid().width, source.grid().height, source.block_shape()).down();
}

void read_friction(const GroundSources& sources, raster::CostSurface& surface, Parallelism parallelism,
                   Progress& progress) {
    const auto take = [&](int col, int row, double value) {
        if (value < 0) {
            throw Error(ErrorKind::input, {"access.friction_negative"_msg, {{"value", fmt::format("{}", value)}}},
                        sources.friction->locus());
        }
        surface.set_pace(col, row, minutes_per_metre_of(value, sources.unit));
    };
    for_each_block(*sources.friction, parallelism, progress,
                   [&](raster::RasterSource& handle, const raster::Window& window, raster::Block& block) {
                       read_cells(handle, window, block, take);
                   });
}

constexpr int resampled_rows = 256;

std::int64_t resampled_strips(const raster::Grid& grid) {
    return (grid.height + resampled_rows - 1) / resampled_rows;
}

raster::Resampling how_to_resample(const raster::Grid& from, const raster::Grid& to) {
    const double fine = raster::MoveLengths(from).between(from.height / 2, 1, 0);
    const double coarse = raster::MoveLengths(to).between(to.height / 2, 1, 0);
    return fine < 0.75 * coarse ? raster::Resampling::average : raster::Resampling::bilinear;
}

void resample_elevation(const raster::RasterSource& source, raster::CostSurface& surface, Parallelism parallelism,
                        Progress& progress) {
    const raster::Grid& grid = surface.grid();
    const raster::Resampling how = how_to_resample(source.grid(), grid);
    for (int top = 0; top < grid.height; top += resampled_rows) {
        const raster::Window strip{0, top, grid.width, std::min(resampled_rows, grid.height - top)};
        const raster::Raster<double> values = raster::resample(source, grid.cut(strip), how, parallelism);
        for (int row = 0; row < strip.height; ++row) {
            for (int col = 0; col < strip.width; ++col) {
                if (values.valid(col, row)) surface.set_elevation(col, top + row, values.at(col, row));
            }
        }
        progress.advance();
    }
}

void read_elevation(const GroundSources& sources, raster::CostSurface& surface, Parallelism parallelism,
                    Progress& progress) {
    const raster::RasterSource& source = *sources.elevation;
    if (!(source.grid() == surface.grid())) return resample_elevation(source, surface, parallelism, progress);
    const bool walked = sources.friction == nullptr;
    const double level = raster::minutes_per_metre(sources.walking, 0);
    const auto take = [&](int col, int row, double value) {
        surface.set_elevation(col, row, value);
        if (walked) surface.set_pace(col, row, level);
    };
    for_each_block(source, parallelism, progress,
                   [&](raster::RasterSource& handle, const raster::Window& window, raster::Block& block) {
                       read_cells(handle, window, block, take);
                   });
}

}  // namespace

void require_memory(const raster::Grid& grid, bool sloped, int kept, unsigned long long memory) {
    constexpr unsigned long long mebibyte = 1 << 20;
    constexpr unsigned long long fixed = access_block_cache + 96 * mebibyte;
    const auto cells = static_cast<unsigned long long>(grid.cells());
    const auto bytes_per_cell = static_cast<unsigned long long>(raster::CostSurface::bytes_per_cell(sloped)) +
                                sizeof(float) * static_cast<unsigned long long>(kept);
    const unsigned long long needed = fixed + cells * bytes_per_cell;
    if (needed <= memory) return;
    const unsigned long long fit = memory <= fixed ? 0 : (memory - fixed) / bytes_per_cell;
    const auto side = static_cast<unsigned long long>(std::sqrt(static_cast<double>(fit)));
    throw Error(ErrorKind::resource, {"access.memory"_msg,
                                      {{"width", std::to_string(grid.width)},
                                       {"height", std::to_string(grid.height)},
                                       {"needed", std::to_string((needed + mebibyte - 1) / mebibyte)},
                                       {"memory", std::to_string(memory / mebibyte)},
                                       {"fit", std::to_string(fit)},
                                       {"side", std::to_string(side)}}});
}

raster::CostSurface read_ground(const GroundSources& sources, Parallelism parallelism, Progress& progress) {
    raster::CostSurface surface(sources.grid(), sources.elevation != nullptr);
    std::int64_t steps = 0;
    if (sources.friction != nullptr) steps += rows_of_blocks(*sources.friction);
    if (sources.elevation != nullptr) {
        steps += sources.elevation->grid() == surface.grid() ? rows_of_blocks(*sources.elevation)
                                                             : resampled_strips(surface.grid());
    }
    progress.start_stage({"stage.reading_ground"_msg, {}}, steps);
    if (sources.friction != nullptr) read_friction(sources, surface, parallelism, progress);
    if (sources.elevation != nullptr) read_elevation(sources, surface, parallelism, progress);
    return surface;
}

void lay_barriers(raster::CostSurface& surface, const Barriers& barriers) {
    const raster::Grid& grid = surface.grid();
    for (const Polygon& polygon : barriers.polygons) {
        MultiPolygon one;
        one.push_back(polygon);
        for (const raster::Span& span : raster::coverage(one, grid)) {
            for (int col = span.col_begin; col < span.col_end; ++col)
                surface.set_barrier(col, span.row);
        }
    }
    for (const LineString& line : barriers.lines)
        raster::visit_line_cells(line, grid, [&](int col, int row) { surface.set_barrier(col, row); });
}

void lay_ways(raster::CostSurface& surface, const std::vector<Way>& ways) {
    for (const Way& way : ways) {
        const double pace = minutes_per_metre_at_1_km_per_hour / way.km_per_hour;
        for (const LineString& line : way.lines) {
            raster::visit_line_cells(line, surface.grid(), [&](int col, int row) {
                if (surface.is_way(col, row) && surface.pace(col, row) <= pace) return;
                surface.set_pace_of_way(col, row, pace);
            });
        }
    }
}

}  // namespace vereda::app
