#include "raster/distance.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <limits>
#include <memory>
#include <mutex>
#include <span>
#include <utility>

#include "geo/error.hpp"
#include "raster/class_runs.hpp"
#include "raster/large_array.hpp"

namespace vereda::raster {

using geo::operator""_msg;

namespace {

constexpr int band_rows = 32;
constexpr std::size_t columns_at_once = 256;

/// Rows to a target that is far or none; smaller numbers are exact.
constexpr std::int16_t far_rows = 30'000;
constexpr std::int32_t no_target = std::numeric_limits<std::int32_t>::max() / 2;

std::size_t parts(int size, std::size_t part) {
    return (static_cast<std::size_t>(size) + part - 1) / part;
}

/// Steps of different columns share nothing. Stretches of a size that the compiler knows go by vectors of cells.
template <class Step>
void for_each_column(std::size_t columns, const Step& step) {
    std::size_t begin = 0;
    for (; begin + columns_at_once <= columns; begin += columns_at_once) {
#pragma GCC ivdep
        for (std::size_t i = 0; i < columns_at_once; ++i)
            step(begin + i);
    }
    for (; begin < columns; ++begin)
        step(begin);
}

/// The rows of a raster in bands that can be worked on alone: for every band and column, how far the nearest target
/// above the band is from its first row, and the nearest below it from its last row.
class Bands {
  public:
    Bands(const Raster<std::uint8_t>& targets, geo::Parallelism parallelism, geo::Progress* progress)
        : targets_(targets),
          width_(static_cast<std::size_t>(targets.width())),
          count_(parts(targets.height(), band_rows)),
          above_(width_ * count_, no_target),
          below_(width_ * count_, no_target) {
        geo::parallel_for(
            count_, parallelism, [&](std::size_t band) { tell_neighbours(band); }, progress);
        for (std::size_t band = 1; band < count_; ++band)
            pass_on(&above_[(band - 1) * width_], &above_[band * width_], rows(band - 1));
        for (std::size_t band = count_ - 1; band-- > 0;)
            pass_on(&below_[(band + 1) * width_], &below_[band * width_], rows(band + 1));
    }

    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] int first_row(std::size_t band) const { return static_cast<int>(band) * band_rows; }
    [[nodiscard]] int rows(std::size_t band) const { return std::min(band_rows, targets_.height() - first_row(band)); }
    [[nodiscard]] const std::int32_t* above(std::size_t band) const { return &above_[band * width_]; }
    [[nodiscard]] const std::int32_t* below(std::size_t band) const { return &below_[band * width_]; }
    [[nodiscard]] const std::uint8_t* cells(std::size_t band, int row) const {
        return targets_.row(first_row(band) + row).data();
    }
    [[nodiscard]] std::size_t width() const { return width_; }

  private:
    void tell_neighbours(std::size_t band) {
        constexpr std::uint8_t none = 255;
        std::vector<std::uint8_t> nearest(width_, none);
        std::uint8_t* seen = nearest.data();
        const auto look_at = [&](int row) {
            const std::uint8_t* here = cells(band, row);
            const auto number = static_cast<std::uint8_t>(row);
            for_each_column(width_, [=](std::size_t i) { seen[i] = here[i] != 0 ? number : seen[i]; });
        };
        for (int row = 0; row < rows(band); ++row)
            look_at(row);
        if (band + 1 < count_) {
            for (std::size_t i = 0; i < width_; ++i)
                if (seen[i] != none) above_[(band + 1) * width_ + i] = rows(band) - seen[i];
        }
        if (band == 0) return;
        std::ranges::fill(nearest, none);
        for (int row = rows(band); row-- > 0;)
            look_at(row);
        for (std::size_t i = 0; i < width_; ++i)
            if (seen[i] != none) below_[(band - 1) * width_ + i] = seen[i] + 1;
    }

    void pass_on(const std::int32_t* from, std::int32_t* to, int rows) const {
        for (std::size_t i = 0; i < width_; ++i)
            to[i] = std::min(to[i], std::min(from[i], no_target - rows) + rows);
    }

    const Raster<std::uint8_t>& targets_;
    std::size_t width_;
    std::size_t count_;
    std::vector<std::int32_t> above_;
    std::vector<std::int32_t> below_;
};

/// Rows to the nearest target in the same column, for the rows of one band.
class ColumnDistances {
  public:
    /// `rows` is what they are kept in.
    ColumnDistances(const Bands& bands, std::size_t band, std::vector<std::int16_t>& rows)
        : bands_(bands), band_(band), rows_(rows) {
        rows_.resize(bands.width() * static_cast<std::size_t>(bands.rows(band)));
        for (int row = 0; row < bands.rows(band); ++row)
            go_down(row);
        for (int row = bands.rows(band); row-- > 0;)
            go_up(row);
    }
    /// From far_rows on: only that it is that far.
    [[nodiscard]] const std::int16_t* row(int row) const {
        return rows_.data() + static_cast<std::size_t>(row) * bands_.width();
    }
    /// no_target or more where there is none.
    [[nodiscard]] std::int32_t exact(int row, std::size_t col) const {
        const std::int16_t rows = this->row(row)[col];
        if (rows < far_rows) return rows;
        return std::min(bands_.above(band_)[col] + row, bands_.below(band_)[col] + bands_.rows(band_) - 1 - row);
    }

  private:
    void go_down(int row) {
        const std::uint8_t* cells = bands_.cells(band_, row);
        std::int16_t* here = rows_.data() + static_cast<std::size_t>(row) * bands_.width();
        if (row == 0) {
            const std::int32_t* above = bands_.above(band_);
            for_each_column(bands_.width(), [=](std::size_t i) {
                const auto rows = static_cast<std::int16_t>(std::min<std::int32_t>(above[i], far_rows));
                here[i] = cells[i] != 0 ? std::int16_t{0} : rows;
            });
        } else {
            const std::int16_t* before = here - bands_.width();
            for_each_column(bands_.width(), [=](std::size_t i) {
                here[i] = cells[i] != 0 ? std::int16_t{0} : static_cast<std::int16_t>(before[i] + 1);
            });
        }
    }
    void go_up(int row) {
        std::int16_t* here = rows_.data() + static_cast<std::size_t>(row) * bands_.width();
        if (row == bands_.rows(band_) - 1) {
            const std::int32_t* below = bands_.below(band_);
            for_each_column(bands_.width(), [=](std::size_t i) {
                here[i] = static_cast<std::int16_t>(std::min<std::int32_t>(below[i], here[i]));
            });
        } else {
            const std::int16_t* after = here + bands_.width();
            for_each_column(bands_.width(), [=](std::size_t i) {
                here[i] = std::min(here[i], static_cast<std::int16_t>(after[i] + 1));
            });
        }
    }

    const Bands& bands_;
    std::size_t band_;
    std::vector<std::int16_t>& rows_;
};

/// The lower envelope of the parabolas (x − col)²·width² + (rows of col)²·height² over one row.
class RowEnvelope {
  public:
    RowEnvelope(std::size_t columns, double width, double height)
        : width2_(width * width), height2_(height * height), flatness_(height2_ / width2_ / 2), parabolas_(columns) {}

    template <class RowsOf>
    void build(std::size_t columns, const RowsOf& rows_of) {
        count_ = 0;
        at_ = 0;
        for (std::size_t col = 0; col < columns; ++col) {
            const std::int32_t rows = rows_of(col);
            if (rows >= no_target) continue;
            const auto apex = static_cast<double>(col);
            const double rows2 = static_cast<double>(rows) * rows;
            double from = -1;
            while (count_ > 0) {
                const Parabola& last = parabolas_[count_ - 1];
                from = (apex + last.apex) / 2 + (rows2 - last.rows2) * flatness_ / (apex - last.apex);
                if (from > last.from) break;
                from = -1;
                --count_;
            }
            if (from < static_cast<double>(columns)) parabolas_[count_++] = {from, apex, rows2};
        }
    }
    /// Columns ascending from call to call.
    [[nodiscard]] float distance(std::size_t col) {
        const auto x = static_cast<double>(col);
        while (at_ + 1 < count_ && parabolas_[at_ + 1].from < x)
            ++at_;
        const double along = x - parabolas_[at_].apex;
        return static_cast<float>(std::sqrt(along * along * width2_ + parabolas_[at_].rows2 * height2_));
    }

  private:
    struct Parabola {
        double from = 0;   ///< it is the lowest right of here
        double apex = 0;   ///< its column
        double rows2 = 0;  ///< square of the rows to its column's nearest target
    };
    double width2_;
    double height2_;
    double flatness_;
    std::vector<Parabola> parabolas_;
    std::size_t count_ = 0;
    std::size_t at_ = 0;
};

/// From rows to the nearest target to distances, row by row. Targets within `reach` columns are found by looking at all
/// of these, a block of cells at once; where a block has farther ones, the envelope of the row tells. Squares are in
/// units of the cell's width: whole numbers (Square = int16_t) where cells are square.
template <class Square>
class RowDistances {
  public:
    RowDistances(std::size_t columns, double width, double height)
        : columns_(columns),
          width_(width),
          ratio2_(height / width * (height / width)),
          blocks_((columns + block - 1) / block),
          squares_((blocks_ + 2) * block, beyond()),
          envelope_(columns, width, height) {
        for (std::size_t n = 0; n < distances_.size(); ++n)
            distances_[n] = static_cast<float>(std::sqrt(static_cast<double>(n)) * width);
    }

    template <class RowsOf>
    void find(const std::int16_t* rows, const RowsOf& exact_rows, float* distances) {
        square(rows);
        far_blocks_.clear();
        for (std::size_t i = 0; i < blocks_; ++i)
            find_near(i, distances);
        if (far_blocks_.empty()) return;
        envelope_.build(columns_, exact_rows);
        for (const std::size_t far : far_blocks_) {
            for (std::size_t col = far * block; col < std::min((far + 1) * block, columns_); ++col)
                distances[col] = envelope_.distance(col);
        }
    }

  private:
    static constexpr bool whole = std::same_as<Square, std::int16_t>;
    static constexpr std::size_t block = 32;
    static constexpr std::size_t reach = block;
    static constexpr Square decided = (reach + 1) * (reach + 1);  ///< what lies beyond the reach is not below it
    /// Rows whose square, and that of the reach, still fit.
    static constexpr std::int16_t most_rows = 167;

    static constexpr Square beyond() {
        if constexpr (whole) return most_rows * most_rows;
        return std::numeric_limits<Square>::infinity();
    }

    void square(const std::int16_t* rows) {
        Square* squares = squares_.data() + block;
        for_each_column(columns_, [rows, squares, ratio2 = ratio2_](std::size_t i) {
            if constexpr (whole) {
                const std::int16_t few = std::min(rows[i], most_rows);
                squares[i] = static_cast<std::int16_t>(few * few);
            } else {
                squares[i] = rows[i] < far_rows ? static_cast<double>(rows[i]) * rows[i] * ratio2 : beyond();
            }
        });
    }

    void find_near(std::size_t number, float* distances) {
        const Square* const squares = squares_.data() + (number + 1) * block;
        Square nearest = beyond();
        for (std::size_t i = 0; i < 3 * block; ++i)
            nearest = std::min(nearest, squares[i - block]);
        if (nearest > decided) return far_blocks_.push_back(number);
        std::array<Square, block> best;
        std::copy_n(squares, block, best.begin());
        const auto highest = [&] {
            Square most = 0;
            for (std::size_t i = 0; i < block; ++i)
                most = std::max(most, best[i]);
            return most;
        };
        constexpr std::size_t steps_at_once = 4;
        for (std::size_t d = 1; d <= reach && highest() > static_cast<Square>(d * d); d += steps_at_once) {
            for (std::size_t step = d; step < d + steps_at_once; ++step) {
                const auto away = static_cast<Square>(step * step);
#pragma GCC unroll 4
                for (std::size_t i = 0; i < block; ++i) {
                    const Square either = std::min(squares[i - step], squares[i + step]);
                    best[i] = std::min(best[i], static_cast<Square>(either + away));
                }
            }
        }
        if (highest() > decided) return far_blocks_.push_back(number);
        const std::size_t first = number * block;
        const std::size_t last = std::min(first + block, columns_);
        for (std::size_t col = first; col < last; ++col)
            distances[col] = distance_of(best[col - first]);
    }

    [[nodiscard]] float distance_of(Square square) const {
        if constexpr (whole) return distances_[static_cast<std::size_t>(square)];
        return static_cast<float>(std::sqrt(square) * width_);
    }

    std::size_t columns_;
    double width_;
    double ratio2_;
    std::size_t blocks_;
    std::vector<Square> squares_;  ///< of a row, with a block on either side
    std::array<float, static_cast<std::size_t>(decided) + 1> distances_;
    std::vector<std::size_t> far_blocks_;
    RowEnvelope envelope_;
};

/// A cell in metres. Throws Error(input, "distance.geographic").
struct CellSize {
    explicit CellSize(const Grid& grid)
        : width(grid.cell_width * grid.crs.unit_factor()), height(grid.cell_height * grid.crs.unit_factor()) {
        if (grid.crs.is_geographic()) throw geo::Error(geo::ErrorKind::input, {"distance.geographic"_msg, {}});
    }
    double width;
    double height;
};

/// What threads take in turn and put back, so that the same memory serves again and again.
template <class T>
class Pool {
  public:
    template <class Make>
    [[nodiscard]] T take(const Make& make) {
        {
            const std::scoped_lock lock(mutex_);
            if (!idle_.empty()) {
                T thing = std::move(idle_.back());
                idle_.pop_back();
                return thing;
            }
        }
        return make();
    }
    void put(T thing) {
        const std::scoped_lock lock(mutex_);
        idle_.push_back(std::move(thing));
    }

  private:
    std::mutex mutex_;
    std::vector<T> idle_;
};

/// Finds the distances of one band after the other, from many threads.
template <class Square>
class BandFinder {
  public:
    BandFinder(const Bands& bands, const CellSize& cell) : bands_(bands), cell_(cell) {}

    /// Row after row from `distances` on.
    void find(std::size_t band, float* distances) {
        std::unique_ptr<Scratch> scratch = scratch_.take([this] { return std::make_unique<Scratch>(bands_, cell_); });
        const ColumnDistances columns(bands_, band, scratch->rows);
        for (int row = 0; row < bands_.rows(band); ++row, distances += bands_.width())
            scratch->along.find(
                columns.row(row), [&](std::size_t col) { return columns.exact(row, col); }, distances);
        scratch_.put(std::move(scratch));
    }

  private:
    struct Scratch {
        Scratch(const Bands& bands, const CellSize& cell) : along(bands.width(), cell.width, cell.height) {}
        RowDistances<Square> along;
        std::vector<std::int16_t> rows;
    };
    const Bands& bands_;
    CellSize cell_;
    Pool<std::unique_ptr<Scratch>> scratch_;
};

/// Calls work with the finder for cells of this shape.
template <class Work>
void with_finder(const Bands& bands, const CellSize& cell, const Work& work) {
    if (cell.width == cell.height) {
        BandFinder<std::int16_t> finder(bands, cell);
        work(finder);
    } else {
        BandFinder<double> finder(bands, cell);
        work(finder);
    }
}

bool any_target(const Raster<std::uint8_t>& targets) {
    return std::ranges::any_of(targets.values(), [](std::uint8_t target) { return target != 0; });
}

template <class T>
Raster<T> blank(const Grid& grid, const DistanceOptions& options) {
    return {grid, large_array(static_cast<std::size_t>(grid.cells()), T{}, ArrayUse::in_order, options.parallelism)};
}

}  // namespace

bool each_distance(const Raster<std::uint8_t>& targets, const DistanceSink& sink, const DistanceOptions& options) {
    const CellSize cell(targets.grid());
    if (!any_target(targets)) return false;
    const Bands bands(targets, options.parallelism, options.progress);
    Pool<std::vector<float>> spare;
    with_finder(bands, cell, [&](auto& finder) {
        geo::parallel_ordered<std::vector<float>>(
            bands.count(), options.parallelism,
            [&](std::size_t band) {
                std::vector<float> distances = spare.take([] { return std::vector<float>(); });
                distances.resize(bands.width() * static_cast<std::size_t>(bands.rows(band)));
                finder.find(band, distances.data());
                return distances;
            },
            [&](std::size_t band, std::vector<float>&& distances) {
                sink(bands.first_row(band), distances);
                spare.put(std::move(distances));
            },
            options.progress);
    });
    return true;
}

Raster<float> distance_to(const Raster<std::uint8_t>& targets, const DistanceOptions& options) {
    const Grid& grid = targets.grid();
    Raster<float> result = blank<float>(grid, options);
    const auto keep = [&](int first_row, std::span<const float> distances) {
        std::ranges::copy(distances, &result.at(0, first_row));
    };
    if (each_distance(targets, keep, options)) return result;
    for (int row = 0; row < grid.height; ++row) {
        for (int col = 0; col < grid.width; ++col)
            result.set_valid(col, row, false);
    }
    return result;
}

Raster<std::uint8_t> cells_of_classes(const RasterSource& source, std::vector<double> classes,
                                      const DistanceOptions& options) {
    const Grid& grid = source.grid();
    const ClassSet set(std::move(classes), true);
    Raster<std::uint8_t> result = blank<std::uint8_t>(grid, options);
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
