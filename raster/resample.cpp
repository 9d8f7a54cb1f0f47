#include "raster/resample.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "raster/coverage.hpp"
#include "raster/value_table.hpp"

namespace vereda::raster {

namespace {

constexpr int rows_at_once = 64;

/// The source cells that some rows of the target need.
class Patch {
  public:
    Patch(const RasterSource& source, const Window& window)
        : grid_(source.grid().cut(window)), values_(read_values(source, window)) {}

    [[nodiscard]] std::optional<double> nearest(geo::Point p) const {
        const std::optional<Window> cell = grid_.cell_at(p);
        if (!cell) return std::nullopt;
        return value(cell->col, cell->row);
    }

    [[nodiscard]] std::optional<double> bilinear(geo::Point p) const {
        if (!nearest(p)) return std::nullopt;
        const double u = (p.x - grid_.origin.x) / grid_.cell_width - 0.5;
        const double v = (grid_.origin.y - p.y) / grid_.cell_height - 0.5;
        const int col = static_cast<int>(std::floor(u));
        const int row = static_cast<int>(std::floor(v));
        double sum = 0;
        double weight = 0;
        for (int r = row; r <= row + 1; ++r) {
            for (int c = col; c <= col + 1; ++c) {
                const double w = (1 - std::abs(u - c)) * (1 - std::abs(v - r));
                const std::optional<double> found = value(c, r);
                if (!found || w <= 0) continue;
                sum += w * *found;
                weight += w;
            }
        }
        if (weight <= 0) return std::nullopt;
        return sum / weight;
    }

    /// Values under a polygon, each with its cover.
    void under(const geo::MultiPolygon& polygon, ValueTable& table) {
        const Outline outline(polygon, grid_);
        spans_.clear();
        sweep_.spans(outline, outline.bounds(), spans_);
        for (const Span& span : spans_.all()) {
            for (int col = span.col_begin; col < span.col_end; ++col) {
                if (const std::optional<double> found = value(col, span.row)) table.add(*found, span.fraction);
            }
        }
    }

  private:
    [[nodiscard]] std::optional<double> value(int col, int row) const {
        if (!grid_.whole().contains(col, row) || !values_.valid(col, row)) return std::nullopt;
        return values_.at(col, row);
    }
    Grid grid_;
    Raster<double> values_;
    CoverageSweep sweep_;
    SpanList spans_;
};

std::optional<double> summary(const ValueTable& table, Resampling how) {
    if (how == Resampling::mode) return mode(table.sorted());
    double sum = 0;
    double weight = 0;
    for (const ValueShare& share : table.shares()) {
        sum += share.value * share.cover;
        weight += share.cover;
    }
    if (weight == 0) return std::nullopt;
    return sum / weight;
}

/// The source window under some rows of the target, with a rim for neighbours.
Window source_window(const Grid& source, const Grid& target, const Window& rows, const geo::CrsTransform& transform) {
    const geo::Box box = transform.forward(target.box(rows));
    const geo::Box wider{{box.min.x - 2 * source.cell_width, box.min.y - 2 * source.cell_height},
                         {box.max.x + 2 * source.cell_width, box.max.y + 2 * source.cell_height}};
    return source.window_of(wider);
}

void resample_rows(const RasterSource& source, const Window& rows, Resampling how, Raster<double>& result) {
    const geo::CrsTransform transform(result.grid().crs, source.grid().crs);
    const Window window = source_window(source.grid(), result.grid(), rows, transform);
    std::optional<Patch> patch;
    if (!window.empty()) patch.emplace(source, window);
    const bool by_shares = how == Resampling::average || how == Resampling::mode;
    ValueTable table;
    for (int row = rows.row; row < rows.row_end(); ++row) {
        for (int col = 0; col < result.width(); ++col) {
            std::optional<double> value;
            if (patch && by_shares) {
                const geo::Box box = result.grid().cell_box(col, row);
                std::vector<geo::Point> corners{
                    box.min, {box.min.x, box.max.y}, box.max, {box.max.x, box.min.y}, box.min};
                transform.forward(corners);
                geo::MultiPolygon cell(1);
                cell.front().outer.assign(corners.begin(), corners.end());
                table.clear();
                patch->under(cell, table);
                value = summary(table, how);
            } else if (patch) {
                const geo::Point centre = transform.forward(result.grid().cell_centre(col, row));
                value = how == Resampling::bilinear ? patch->bilinear(centre) : patch->nearest(centre);
            }
            result.at(col, row) = value.value_or(0);
            if (!value) result.set_valid(col, row, false);
        }
    }
}

}  // namespace

Raster<double> resample(const RasterSource& source, const Grid& grid, Resampling how, geo::Parallelism parallelism) {
    Raster<double> result(grid);
    result.make_mask();
    const auto strips = static_cast<std::size_t>((grid.height + rows_at_once - 1) / rows_at_once);
    geo::parallel_for(strips, parallelism, [&](std::size_t strip) {
        const int row = static_cast<int>(strip) * rows_at_once;
        resample_rows(source, {0, row, grid.width, std::min(rows_at_once, grid.height - row)}, how, result);
    });
    return result;
}

}  // namespace vereda::raster
