#include "raster/distance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/error.hpp"
#include "raster/class_runs.hpp"

namespace vereda::raster {

using geo::operator""_msg;

namespace {

constexpr std::int32_t no_target = std::numeric_limits<std::int32_t>::max();
constexpr int columns_at_once = 256;
constexpr int rows_at_once = 64;

/// Rows to the nearest target in the same column, no_target where there is none.
void column_distances(const Raster<std::uint8_t>& targets, int first, int last, std::vector<std::int32_t>& rows) {
    const auto width = static_cast<std::size_t>(targets.width());
    const std::uint8_t* cells = targets.values().data();
    const auto at = [&](int row) { return static_cast<std::size_t>(row) * width; };
    const auto pass = [&](int row, int before, bool forward) {
        for (auto col = static_cast<std::size_t>(first); col < static_cast<std::size_t>(last); ++col) {
            std::int32_t& here = rows[at(row) + col];
            if (forward) here = cells[at(row) + col] != 0 ? 0 : no_target;
            if (before < 0 || before >= targets.height()) continue;
            const std::int32_t there = rows[at(before) + col];
            if (there != no_target && there + 1 < here) here = there + 1;
        }
    };
    for (int row = 0; row < targets.height(); ++row)
        pass(row, row - 1, true);
    for (int row = targets.height() - 1; row >= 0; --row)
        pass(row, row + 1, false);
}

/// The lower envelope of the parabolas (x − col)²·width² + height_of(col)² over one row.
class RowEnvelope {
  public:
    RowEnvelope(int columns, double width, double height)
        : width2_(width * width),
          height2_(height * height),
          apex_(static_cast<std::size_t>(columns)),
          from_(static_cast<std::size_t>(columns)) {}

    /// Distances of every column, or false where no column has a target.
    bool distances(const std::int32_t* rows, float* out) {
        const int columns = static_cast<int>(apex_.size());
        build(rows, columns);
        if (count_ == 0) return false;
        std::size_t k = 0;
        for (int col = 0; col < columns; ++col) {
            while (k + 1 < count_ && from_[k + 1] <= col)
                ++k;
            out[col] = static_cast<float>(std::sqrt(value(rows, apex_[k], col)));
        }
        return true;
    }

  private:
    [[nodiscard]] double value(const std::int32_t* rows, int apex, int col) const {
        const double along = static_cast<double>(col) - apex;
        const double across = rows[apex];
        return along * along * width2_ + across * across * height2_;
    }

    /// First column where the parabola of `right` is below that of `left`, left < right.
    [[nodiscard]] double crossing(const std::int32_t* rows, int left, int right) const {
        const double l = rows[left];
        const double r = rows[right];
        const double apart = static_cast<double>(right) - left;
        const double middle = (static_cast<double>(right) + left) / 2;
        return std::ceil(middle + (r * r - l * l) * height2_ / (2 * apart * width2_));
    }

    void build(const std::int32_t* rows, int columns) {
        count_ = 0;
        for (int col = 0; col < columns; ++col) {
            if (rows[col] == no_target) continue;
            double from = 0;
            while (count_ > 0) {
                from = crossing(rows, apex_[count_ - 1], col);
                if (from > from_[count_ - 1]) break;
                --count_;
            }
            if (count_ == 0) from = 0;
            if (from >= columns) continue;
            apex_[count_] = col;
            from_[count_] = from;
            ++count_;
        }
    }

    double width2_;
    double height2_;
    std::vector<int> apex_;     ///< columns whose parabolas make the envelope
    std::vector<double> from_;  ///< first column where each is the lowest
    std::size_t count_ = 0;
};

std::size_t parts(int size, int part) {
    return static_cast<std::size_t>((size + part - 1) / part);
}

}  // namespace

Raster<float> distance_to(const Raster<std::uint8_t>& targets, const DistanceOptions& options) {
    const Grid& grid = targets.grid();
    if (grid.crs.is_geographic()) throw geo::Error(geo::ErrorKind::input, {"distance.geographic"_msg, {}});
    std::vector<std::int32_t> rows(static_cast<std::size_t>(grid.cells()));
    geo::parallel_for(
        parts(grid.width, columns_at_once), options.parallelism,
        [&](std::size_t i) {
            const int first = static_cast<int>(i) * columns_at_once;
            column_distances(targets, first, std::min(first + columns_at_once, grid.width), rows);
        },
        options.progress);
    Raster<float> result(grid);
    const bool any = std::ranges::any_of(rows, [](std::int32_t distance) { return distance == 0; });
    if (!any) {
        for (int row = 0; row < grid.height; ++row) {
            for (int col = 0; col < grid.width; ++col)
                result.set_valid(col, row, false);
        }
        return result;
    }
    const double unit = grid.crs.unit_factor();
    geo::parallel_for(
        parts(grid.height, rows_at_once), options.parallelism,
        [&](std::size_t i) {
            RowEnvelope envelope(grid.width, grid.cell_width * unit, grid.cell_height * unit);
            const int first = static_cast<int>(i) * rows_at_once;
            for (int row = first; row < std::min(first + rows_at_once, grid.height); ++row) {
                const std::size_t at = static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.width);
                envelope.distances(rows.data() + at, result.values().data() + at);
            }
        },
        options.progress);
    return result;
}

Raster<std::uint8_t> cells_of_classes(const RasterSource& source, std::vector<double> classes,
                                      const DistanceOptions& options) {
    const Grid& grid = source.grid();
    const ClassSet set(std::move(classes), true);
    Raster<std::uint8_t> result(grid);
    const BlockLayout layout(grid.width, grid.height, source.block_shape());
    // One handle per row of blocks: opening is cheap beside decoding a row.
    geo::parallel_for(
        static_cast<std::size_t>(layout.down()), options.parallelism,
        [&](std::size_t down) {
            const std::unique_ptr<RasterSource> handle = source.clone();
            ClassScanner scanner(set);
            Block block;
            RowRuns rows;
            for (int across = 0; across < layout.across(); ++across) {
                const Window window = layout.window(across, static_cast<int>(down));
                handle->read(window, block);
                scanner.scan(block, rows);
                for (int i = 0; i < window.height; ++i) {
                    for (const ClassRun& run : rows.row(static_cast<std::size_t>(i)))
                        std::fill_n(&result.at(run.col_begin, window.row + i), run.col_end - run.col_begin,
                                    std::uint8_t{1});
                }
            }
        },
        options.progress);
    return result;
}

}  // namespace vereda::raster
