#include "raster/distance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "geo/error.hpp"
#include "raster/class_runs.hpp"

namespace vereda::raster {

using geo::operator""_msg;

namespace {

constexpr float no_target = std::numeric_limits<float>::infinity();
constexpr std::size_t columns_at_once = 256;
constexpr int rows_at_once = 64;

/// Two rows of one strip of columns. Whole strips are of a size the compiler knows, and go by vectors of cells.
template <class Step>
void along_strip(std::size_t columns, const Step& step) {
    if (columns == columns_at_once) {
        for (std::size_t i = 0; i < columns_at_once; ++i)
            step(i);
    } else {
        for (std::size_t i = 0; i < columns; ++i)
            step(i);
    }
}

/// Rows to the nearest target in the same column, no_target where there is none. Whole numbers, exact in floats.
void column_distances(const Raster<std::uint8_t>& targets, std::size_t first, std::size_t columns,
                      std::vector<float>& rows) {
    const auto width = static_cast<std::size_t>(targets.width());
    const auto height = static_cast<std::size_t>(targets.height());
    for (std::size_t row = 0; row < height; ++row) {
        const std::uint8_t* __restrict cells = targets.values().data() + row * width + first;
        float* __restrict here = rows.data() + row * width + first;
        if (row == 0) {
            along_strip(columns, [&](std::size_t i) { here[i] = cells[i] != 0 ? 0 : no_target; });
        } else {
            const float* __restrict before = here - width;
            along_strip(columns, [&](std::size_t i) { here[i] = cells[i] != 0 ? 0 : before[i] + 1; });
        }
    }
    for (std::size_t row = height - 1; row-- > 0;) {
        float* __restrict here = rows.data() + row * width + first;
        const float* __restrict after = here + width;
        along_strip(columns, [&](std::size_t i) { here[i] = std::min(here[i], after[i] + 1); });
    }
}

/// The lower envelope of the parabolas (x − col)²·width² + height_of(col)² over one row.
class RowEnvelope {
  public:
    RowEnvelope(int columns, double width, double height)
        : width2_(width * width),
          height2_(height * height),
          flatness_(height2_ / width2_ / 2),
          parabolas_(static_cast<std::size_t>(columns) + 1) {}

    /// In: rows to the nearest target of each column. Out: the distances.
    void replace(float* row, int columns) {
        build(row, columns);
        for (std::size_t k = 0; k < count_; ++k) {
            const Parabola& lowest = parabolas_[k];
            // The next one's first column is where this one ends.
            const double end = k + 1 < count_ ? std::min(parabolas_[k + 1].from, columns - 0.5) : columns - 0.5;
            for (int col = lowest.from < 0 ? 0 : static_cast<int>(lowest.from) + 1; col <= end; ++col) {
                const double along = col - lowest.apex;
                row[col] = static_cast<float>(std::sqrt(along * along * width2_ + lowest.rows2 * height2_));
            }
        }
    }

  private:
    struct Parabola {
        double from = 0;   ///< it is the lowest right of here
        double apex = 0;   ///< its column
        double rows2 = 0;  ///< square of the rows to its column's nearest target
    };

    void build(const float* row, int columns) {
        count_ = 0;
        for (int col = 0; col < columns; ++col) {
            if (row[col] == no_target) continue;
            const double apex = col;
            const double rows2 = static_cast<double>(row[col]) * static_cast<double>(row[col]);
            double from = -1;
            while (count_ > 0) {
                const Parabola& last = parabolas_[count_ - 1];
                from = (apex + last.apex) / 2 + (rows2 - last.rows2) * flatness_ / (apex - last.apex);
                if (from > last.from) break;
                from = -1;
                --count_;
            }
            if (from < columns) parabolas_[count_++] = {from, apex, rows2};
        }
    }

    double width2_;
    double height2_;
    double flatness_;
    std::vector<Parabola> parabolas_;
    std::size_t count_ = 0;
};

std::size_t parts(int size, std::size_t part) {
    return (static_cast<std::size_t>(size) + part - 1) / part;
}

}  // namespace

Raster<float> distance_to(const Raster<std::uint8_t>& targets, const DistanceOptions& options) {
    const Grid& grid = targets.grid();
    if (grid.crs.is_geographic()) throw geo::Error(geo::ErrorKind::input, {"distance.geographic"_msg, {}});
    Raster<float> result(grid);
    const auto width = static_cast<std::size_t>(grid.width);
    geo::parallel_for(
        parts(grid.width, columns_at_once), options.parallelism,
        [&](std::size_t i) {
            const std::size_t first = i * columns_at_once;
            column_distances(targets, first, std::min(columns_at_once, width - first), result.values());
        },
        options.progress);
    // Every column that has a target has it within reach of the first row.
    const std::span<const float> first_row = result.row(0);
    if (std::ranges::all_of(first_row, [](float rows) { return rows == no_target; })) {
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
            for (int row = first; row < std::min(first + rows_at_once, grid.height); ++row)
                envelope.replace(&result.at(0, row), grid.width);
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
