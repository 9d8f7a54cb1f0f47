#include "regions/crop_cells.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "geo/topology.hpp"
#include "raster/coverage.hpp"
#include "regions/plots_of_year.hpp"

namespace vereda::regions {

using namespace geo;
using raster::MarkedRun;
using raster::MarkedShare;

namespace {

constexpr double kMostOfIt = 0.5;
/// Edges of plots are cut to follow the raster's CRS within this part of its cells.
constexpr double kEdgeTolerance = 0.01;
constexpr std::size_t kPlotsAtOnce = 512;

/// A cell that one plot touches.
struct Touched {
    std::int64_t cell = 0;
    double share = 0;
    bool small = false;  ///< the plot covers no cell by half
    std::size_t plot = 0;
};

/// Moves plots into the raster's plane and lays them over its cells.
class PlotCells {
  public:
    PlotCells(const Crs& crs, const raster::Grid& grid, Parallelism parallelism)
        : crs_(crs), grid_(grid), parallelism_(parallelism) {}

    /// By plot, then by cell.
    [[nodiscard]] std::vector<Touched> touched(const PlotsOfYear& plots) const {
        std::vector<Touched> all;
        const std::size_t chunks = (plots.outlines.size() + kPlotsAtOnce - 1) / kPlotsAtOnce;
        parallel_ordered<std::vector<Touched>>(
            chunks, parallelism_,
            [&](std::size_t chunk) {
                std::vector<Touched> part;
                raster::CoverageSweep sweep;
                const CrsTransform transform(crs_, grid_.crs);
                const std::size_t end = std::min(plots.outlines.size(), (chunk + 1) * kPlotsAtOnce);
                for (std::size_t p = chunk * kPlotsAtOnce; p < end; ++p)
                    add(moved(*plots.outlines[p], transform), p, sweep, part);
                return part;
            },
            [&](std::size_t, std::vector<Touched>&& part) { std::ranges::move(part, std::back_inserter(all)); });
        return all;
    }

    /// Share of a cell under several plots together.
    [[nodiscard]] double covered(std::int64_t cell, const PlotsOfYear& plots, std::span<const Touched> by) const {
        const CrsTransform transform(crs_, grid_.crs);
        std::vector<MultiPolygon> outlines;
        for (const Touched& one : by)
            outlines.push_back(moved(*plots.outlines[one.plot], transform));
        const Box box = grid_.cell_box(static_cast<int>(cell % grid_.width), static_cast<int>(cell / grid_.width));
        const MultiPolygon square{Polygon{{{box.min.x, box.min.y},
                                           {box.min.x, box.max.y},
                                           {box.max.x, box.max.y},
                                           {box.max.x, box.min.y},
                                           {box.min.x, box.min.y}},
                                          {}}};
        return planar_area(intersection(square, union_of(outlines))) / planar_area(square);
    }

  private:
    [[nodiscard]] MultiPolygon moved(const MultiPolygon& outline, const CrsTransform& transform) const {
        if (crs_ == grid_.crs) return outline;
        return transform.forward_densified(outline, kEdgeTolerance * std::min(grid_.cell_width, grid_.cell_height));
    }

    void add(const MultiPolygon& polygons, std::size_t plot, raster::CoverageSweep& sweep,
             std::vector<Touched>& out) const {
        const raster::Outline outline(polygons, grid_);
        if (outline.bounds().empty()) return;
        const std::size_t first = out.size();
        bool small = true;
        raster::SpanList spans;
        sweep.spans(outline, outline.bounds(), spans);
        for (const raster::Span& span : spans.all()) {
            small = small && span.fraction < kMostOfIt;
            for (int col = span.col_begin; col < span.col_end; ++col)
                out.push_back({std::int64_t{span.row} * grid_.width + col, span.fraction, false, plot});
        }
        for (std::size_t i = first; i < out.size(); ++i)
            out[i].small = small;
    }

    const Crs& crs_;
    const raster::Grid& grid_;
    Parallelism parallelism_;
};

/// What the plots of one year make of each cell they touch.
std::vector<MarkedShare> shares_of(std::vector<Touched> touched, const PlotsOfYear& plots, const PlotCells& cells) {
    std::ranges::sort(touched, {}, [](const Touched& t) { return std::pair(t.cell, t.plot); });
    std::vector<MarkedShare> shares;
    for (std::size_t i = 0; i < touched.size();) {
        std::size_t end = i;
        double most = 0;
        double of_small = 0;
        while (end < touched.size() && touched[end].cell == touched[i].cell) {
            most = std::max(most, touched[end].share);
            if (touched[end].small) of_small = std::max(of_small, touched[end].share);
            ++end;
        }
        double share = most >= kMostOfIt ? 1 : of_small;
        if (share < 1 && end - i > 1) {
            const double together = cells.covered(touched[i].cell, plots, std::span(touched).subspan(i, end - i));
            share = together >= kMostOfIt ? 1 : of_small > 0 ? together : 0;
        }
        if (share > 0) shares.push_back({touched[i].cell, plots.year, share});
        i = end;
    }
    return shares;
}

/// Adds to `known` (sorted by cell, then year) what the year has of each cell beyond what earlier years had.
void add_year(std::vector<MarkedShare>& known, const std::vector<MarkedShare>& year) {
    std::vector<MarkedShare> merged;
    merged.reserve(known.size() + year.size());
    std::size_t k = 0;
    for (const MarkedShare& share : year) {
        while (k < known.size() && known[k].cell < share.cell)
            merged.push_back(known[k++]);
        double before = 0;
        for (; k < known.size() && known[k].cell == share.cell; ++k) {
            before += known[k].share;
            merged.push_back(known[k]);
        }
        if (share.share > before) merged.push_back({share.cell, share.year, share.share - before});
    }
    merged.insert(merged.end(), known.begin() + static_cast<std::ptrdiff_t>(k), known.end());
    known = std::move(merged);
}

/// First year in which a cell was crop at all; `shares` as add_year() leaves them.
int first_year(const std::vector<MarkedShare>& shares, std::int64_t cell, int otherwise) {
    const auto found = std::ranges::lower_bound(shares, cell, {}, &MarkedShare::cell);
    return found == shares.end() || found->cell != cell ? otherwise : found->year;
}

struct CellsOfYear {
    int year = 0;
    std::vector<std::vector<std::int64_t>> cells;  ///< by plot
};

/// The cells by which each plot is told: those covered by half, else the one most covered.
CellsOfYear own_cells(std::span<const Touched> touched, int year) {
    CellsOfYear own{year, {}};
    for (std::size_t i = 0; i < touched.size();) {
        std::vector<std::int64_t>& cells = own.cells.emplace_back();
        std::size_t most = i;
        const std::size_t plot = touched[i].plot;
        for (; i < touched.size() && touched[i].plot == plot; ++i) {
            if (touched[i].share >= kMostOfIt) cells.push_back(touched[i].cell);
            if (touched[i].share > touched[most].share) most = i;
        }
        if (cells.empty()) cells.push_back(touched[most].cell);
    }
    return own;
}

void add_runs(std::span<const std::int64_t> cells, int width, int year, std::vector<MarkedRun>& runs) {
    for (const std::int64_t cell : cells) {
        const int row = static_cast<int>(cell / width);
        const int col = static_cast<int>(cell % width);
        if (!runs.empty() && runs.back().row == row && runs.back().col_end == col && runs.back().year == year)
            ++runs.back().col_end;
        else
            runs.push_back({row, col, col + 1, year});
    }
}

}  // namespace

CropCells crop_cells(std::span<const Survey> surveys, const Crs& crs, const raster::Grid& grid,
                     Parallelism parallelism) {
    const PlotCells cells(crs, grid, parallelism);
    const std::vector<PlotsOfYear> years = plots_by_year(surveys);
    std::vector<CellsOfYear> own;
    CropCells result;
    for (const PlotsOfYear& plots : years) {
        const std::vector<Touched> touched = cells.touched(plots);
        own.push_back(own_cells(touched, plots.year));
        add_year(result.shares, shares_of(touched, plots, cells));
    }
    for (std::size_t y = own.size() > 1 ? 1 : 0; y < own.size(); ++y)
        for (const std::vector<std::int64_t>& plot : own[y].cells) {
            const auto old = std::ranges::count_if(
                plot, [&](std::int64_t cell) { return first_year(result.shares, cell, own[y].year) < own[y].year; });
            if (2 * old <= std::ssize(plot)) add_runs(plot, grid.width, own[y].year, result.new_plots);
        }
    std::ranges::sort(result.new_plots, {},
                      [](const MarkedRun& r) { return std::tuple(r.row, r.col_begin, r.year, r.col_end); });
    return result;
}

}  // namespace vereda::regions
