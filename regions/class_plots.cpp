#include "regions/class_plots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/error.hpp"
#include "raster/patches.hpp"
#include "raster/window_source.hpp"

namespace vereda::regions {
namespace {

using geo::operator""_msg;

/// The class as the raster stores it.
double stored(long long crop_class, const raster::Scaling& scaling) {
    return (static_cast<double>(crop_class) - scaling.offset) / scaling.scale;
}

raster::PatchOptions patch_options(const ClassPatches& patches, const raster::Scaling& scaling) {
    raster::PatchOptions options;
    options.components.classes = {stored(patches.crop_class, scaling)};
    options.components.connectivity =
        patches.connectivity == 8 ? raster::Connectivity::eight : raster::Connectivity::four;
    options.components.parallelism = {.jobs = 1};
    options.minimum_area = geo::to_square_metres(patches.min_area);
    return options;
}

/// Half a cell's side over √3, on the ground.
geo::Metres cell_error(const raster::Grid& grid, const geo::CrsTransform& to_analysis) {
    const geo::Point a = to_analysis.forward(grid.cell_centre(grid.width / 2, grid.height / 2));
    const geo::Point b = to_analysis.forward(grid.cell_centre(grid.width / 2 + 1, grid.height / 2));
    return geo::Metres(std::hypot(a.x - b.x, a.y - b.y) / 2 / std::sqrt(3.0));
}

}  // namespace

std::vector<Plot> class_plots(const raster::RasterSource& classes, const ClassPatches& patches,
                              const RegionSet& regions, geo::Diagnostics& diagnostics) {
    const raster::Grid& grid = classes.grid();
    const geo::CrsTransform to_grid(regions.crs(), grid.crs);
    const geo::CrsTransform to_analysis(grid.crs, regions.crs());
    const raster::Window window = grid.window_of(to_grid.forward(regions.extent()));
    if (window.empty()) throw geo::Error(geo::ErrorKind::input, {"classes.no_overlap"_msg, {}}, classes.locus());
    const geo::Metres error = cell_error(grid, to_analysis);
    constexpr double kEdgeTolerance = 0.05;
    std::vector<std::pair<std::pair<int, int>, Plot>> found;
    const auto keep = [&](raster::Patch&& patch) {
        const std::pair first_cell(window.row + patch.first_row, window.col + patch.first_col);
        Plot plot;
        plot.id = fmt::format("c{}_{}", first_cell.first, first_cell.second);
        plot.outline = to_analysis.forward_densified(patch.polygons, kEdgeTolerance);
        plot.area = patch.area;
        plot.position_error = error;
        plot.measured_by = MeasuredBy::medium_resolution;
        plot.area_sd = patch.area_sd;
        found.emplace_back(first_cell, std::move(plot));
    };
    const raster::WindowSource within(classes, window);
    const std::int64_t too_small = raster::find_patches(within, patch_options(patches, classes.scaling()), keep);
    if (too_small > 0)
        diagnostics.add(
            {geo::Severity::note,
             {"classes.too_small"_msg,
              {{"count", std::to_string(too_small)}, {"min_area_ha", fmt::format("{}", patches.min_area.value())}}},
             classes.locus()});
    std::ranges::sort(found, {}, [](const auto& entry) { return entry.first; });
    std::vector<Plot> plots;
    plots.reserve(found.size());
    for (auto& [first_cell, plot] : found)
        plots.push_back(std::move(plot));
    return plots;
}

}  // namespace vereda::regions
