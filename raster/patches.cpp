#include "raster/patches.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "raster/edge_length.hpp"
#include "raster/fill_holes.hpp"
#include "raster/polygonise.hpp"
#include "raster/run_area.hpp"

namespace vereda::raster {

namespace {

/// First run of the row at or after `from`.
std::size_t first_of_row(std::span<const Run> runs, std::size_t from, int row) {
    while (from < runs.size() && runs[from].row < row)
        ++from;
    return from;
}

/// Cells of [begin, end) that lie in runs of both rows; `above` and `below` are places from which those rows may begin.
std::int64_t covered_twice(std::span<const Run> runs, std::pair<std::size_t, int> above,
                           std::pair<std::size_t, int> below, int begin, int end) {
    std::int64_t cells = 0;
    const auto in_row = [&](const std::pair<std::size_t, int>& place) {
        return place.first < runs.size() && runs[place.first].row == place.second;
    };
    while (in_row(above) && in_row(below)) {
        const Run& a = runs[above.first];
        const Run& b = runs[below.first];
        const int from = std::max({a.col_begin, b.col_begin, begin});
        const int to = std::min({a.col_end, b.col_end, end});
        cells += std::max(0, to - from);
        if (a.col_begin >= end || b.col_begin >= end) break;
        ++(a.col_end < b.col_end ? above : below).first;
    }
    return cells;
}

class PatchMaker {
  public:
    PatchMaker(const Grid& grid, const PatchOptions& options, const RunArea& areas)
        : grid_(grid), options_(options), edges_(grid), areas_(areas) {}

    /// nullopt where the patch is below the minimum mapping unit.
    [[nodiscard]] std::optional<Patch> make(const Component& component) {
        Patch patch;
        patch.cells = component.cells;
        patch.area = component.area;
        std::span<const Run> runs = component.runs;
        FilledHoles filled;
        const bool may_have_holes = component.bounds.width > 2 && component.bounds.height > 2;
        if (options_.fill_holes_up_to.value() > 0 && may_have_holes) {
            filled = fill_holes(runs, options_.components.connectivity, options_.fill_holes_up_to, areas_);
            runs = filled.runs;
            patch.cells += filled.cells;
            patch.area += filled.area;
            patch.filled = filled.area;
        }
        if (patch.area < options_.minimum_area) return std::nullopt;
        patch.class_value = component.class_value;
        patch.touches_edge = component.touches_edge;
        patch.bounds = component.bounds;
        patch.first_row = component.runs.front().row;
        patch.first_col = component.runs.front().col_begin;
        if (component.probability_cells > 0) {
            patch.mean_probability = component.probability_sum / static_cast<double>(component.probability_cells);
        }
        patch.boundary_cells = boundary_cells(runs);
        patch.area_sd = area_sd(patch);
        tracer_.trace(runs);
        patch.polygons = tracer_.polygons(grid_);
        patch.perimeter = perimeter();
        return patch;
    }

  private:
    [[nodiscard]] geo::SquareMetres area_sd(const Patch& patch) const {
        const double rho = options_.edge_correlation;
        const double cell = patch.area.value() / static_cast<double>(patch.cells);
        const double variance_in_cells = static_cast<double>(patch.boundary_cells) / 12 * (1 + rho) / (1 - rho);
        return geo::SquareMetres(cell * std::sqrt(variance_in_cells));
    }

    [[nodiscard]] geo::Metres perimeter() const {
        geo::Metres length;
        for (const OutlineRing& ring : tracer_.rings()) {
            const std::span<const Corner> corners = tracer_.corners(ring);
            Corner last = corners.back();
            for (const Corner& corner : corners) {
                length += corner.row == last.row ? edges_.along_row(corner.row, std::abs(corner.col - last.col))
                                                 : edges_.along_column(last.row, corner.row);
                last = corner;
            }
        }
        return length;
    }

    const Grid& grid_;
    const PatchOptions& options_;
    EdgeLength edges_;
    RunArea areas_;
    CellTracer tracer_;
};

}  // namespace

std::int64_t boundary_cells(std::span<const Run> runs) {
    std::int64_t boundary = 0;
    std::size_t above = 0;
    std::size_t below = 0;
    for (const Run& run : runs) {
        above = first_of_row(runs, above, run.row - 1);
        while (above < runs.size() && runs[above].row == run.row - 1 && runs[above].col_end <= run.col_begin + 1)
            ++above;
        below = first_of_row(runs, below, run.row + 1);
        while (below < runs.size() && runs[below].row == run.row + 1 && runs[below].col_end <= run.col_begin + 1)
            ++below;
        const std::int64_t inside =
            covered_twice(runs, {above, run.row - 1}, {below, run.row + 1}, run.col_begin + 1, run.col_end - 1);
        boundary += run.col_end - run.col_begin - inside;
    }
    return boundary;
}

std::int64_t find_patches(const RasterSource& classes, const PatchOptions& options, const PatchSink& sink) {
    ComponentOptions components = options.components;
    components.runs = true;
    const RunArea areas(classes.grid());
    components.areas = &areas;
    PatchMaker maker(classes.grid(), options, areas);
    std::int64_t too_small = 0;
    find_components(classes, components, [&](const Component& component) {
        if (std::optional<Patch> patch = maker.make(component)) {
            sink(std::move(*patch));
        } else {
            ++too_small;
        }
    });
    return too_small;
}

}  // namespace vereda::raster
