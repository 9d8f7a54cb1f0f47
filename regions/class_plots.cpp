#include "regions/class_plots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/topology.hpp"

namespace vereda::regions {
namespace {

using geo::operator""_msg;

constexpr std::size_t kMostCells = 20'000'000;
constexpr int kRowsAtOnce = 256;

/// Cells [begin, end) of one row, all of the crop.
struct Run {
    int row = 0;
    int begin = 0;
    int end = 0;
};

/// Union-find over runs; the root is always the earliest run.
class Patches {
  public:
    void add() { parent_.push_back(parent_.size()); }
    std::size_t root(std::size_t i) {
        while (parent_[i] != i) {
            parent_[i] = parent_[parent_[i]];
            i = parent_[i];
        }
        return i;
    }
    void join(std::size_t a, std::size_t b) {
        const std::size_t ra = root(a);
        const std::size_t rb = root(b);
        parent_[std::max(ra, rb)] = std::min(ra, rb);
    }

  private:
    std::vector<std::size_t> parent_;
};

std::vector<Run> runs_of(const raster::RasterSource& classes, const ClassPatches& patches, const raster::Window& window,
                         std::size_t& cells) {
    std::vector<Run> runs;
    for (int row = window.row; row < window.row_end(); row += kRowsAtOnce) {
        const raster::Window stripe{window.col, row, window.width, std::min(kRowsAtOnce, window.row_end() - row)};
        const raster::Raster<double> values = raster::read_values(classes, stripe);
        for (int r = 0; r < stripe.height; ++r) {
            for (int c = 0; c < stripe.width; ++c) {
                if (!values.valid(c, r) || values.at(c, r) != static_cast<double>(patches.crop_class)) continue;
                const int begin = c;
                while (c + 1 < stripe.width && values.valid(c + 1, r) && values.at(c + 1, r) == values.at(begin, r))
                    ++c;
                runs.push_back({row + r, window.col + begin, window.col + c + 1});
                cells += static_cast<std::size_t>(c + 1 - begin);
                if (cells > kMostCells)
                    throw geo::Error(geo::ErrorKind::input, {"classes.too_many"_msg, {}}, classes.locus());
            }
        }
    }
    return runs;
}

/// Joins runs of neighbouring rows that touch; `reach` is 1 where corners join, else 0.
Patches joined(const std::vector<Run>& runs, int reach) {
    Patches patches;
    std::size_t above = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        patches.add();
        const auto behind = [&](const Run& run) {
            return run.row < runs[i].row - 1 || (run.row < runs[i].row && run.end + reach <= runs[i].begin);
        };
        while (above < i && behind(runs[above]))
            ++above;
        for (std::size_t j = above; j < i && runs[j].row < runs[i].row && runs[j].begin < runs[i].end + reach; ++j)
            patches.join(i, j);
    }
    return patches;
}

geo::MultiPolygon rectangle(const raster::Grid& grid, const Run& run) {
    const geo::Box box = grid.box({run.begin, run.row, run.end - run.begin, 1});
    geo::Polygon polygon;
    polygon.outer = {{box.min.x, box.min.y},
                     {box.min.x, box.max.y},
                     {box.max.x, box.max.y},
                     {box.max.x, box.min.y},
                     {box.min.x, box.min.y}};
    geo::MultiPolygon result;
    result.push_back(std::move(polygon));
    return result;
}

geo::MultiPolygon outline_of(const raster::Grid& grid, const std::vector<Run>& runs) {
    std::vector<geo::MultiPolygon> parts;
    parts.reserve(runs.size());
    for (const Run& run : runs)
        parts.push_back(rectangle(grid, run));
    return geo::union_of(parts);
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
    std::size_t cells = 0;
    const std::vector<Run> runs = runs_of(classes, patches, window, cells);
    Patches joins = joined(runs, patches.connectivity == 8 ? 1 : 0);
    std::map<std::size_t, std::vector<Run>> by_patch;
    for (std::size_t i = 0; i < runs.size(); ++i)
        by_patch[joins.root(i)].push_back(runs[i]);

    const geo::Metres error = cell_error(grid, to_analysis);
    constexpr double kEdgeTolerance = 0.05;
    std::vector<Plot> plots;
    long too_small = 0;
    for (const auto& [first, patch] : by_patch) {
        Plot plot;
        plot.id = fmt::format("c{}_{}", runs[first].row, runs[first].begin);
        plot.outline = to_analysis.forward_densified(outline_of(grid, patch), kEdgeTolerance);
        plot.area = geo::ellipsoidal_area(plot.outline, regions.crs());
        plot.position_error = error;
        plot.measured_by = MeasuredBy::medium_resolution;
        if (geo::to_hectares(plot.area) < patches.min_area) {
            ++too_small;
        } else {
            plots.push_back(std::move(plot));
        }
    }
    if (too_small > 0)
        diagnostics.add(
            {geo::Severity::note,
             {"classes.too_small"_msg,
              {{"count", std::to_string(too_small)}, {"min_area_ha", fmt::format("{}", patches.min_area.value())}}},
             classes.locus()});
    return plots;
}

}  // namespace vereda::regions
