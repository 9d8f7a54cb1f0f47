/// Reads one strip of whole rows of a class raster as runs, each with its ground area and sum of probabilities.
/// Internal to raster/.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "raster/class_runs.hpp"
#include "raster/raster_source.hpp"
#include "raster/run_area.hpp"

namespace vereda::raster::detail {

/// Runs of a row, as long as they can be. Sums of probabilities are whole numbers of `probability_unit`, so that they
/// do not depend on how a run was cut.
struct JoinedRow {
    std::vector<ClassRun> runs;
    std::vector<std::int64_t> probability_sums;  ///< one per run; empty without a probability raster
    std::vector<std::int32_t> probability_cells;
};

/// Rows from `row` on, as they were read: window by window, side by side, each run in as few bytes as can be.
class RunStrip {
  public:
    struct PackedRun {
        std::uint64_t begin : 22;  ///< counted from the window's first column, as is the end
        std::uint64_t end : 22;
        std::uint64_t cls : 20;
    };
    static constexpr int most_columns = 1 << 21;  ///< of a window, as a PackedRun has room for
    static constexpr std::size_t most_classes = std::size_t{1} << 20;

    int row = 0;
    int height = 0;
    std::vector<double> areas;  ///< square metres, one per run of the joined rows; empty unless asked for

    /// Makes room for so many runs.
    void reserve(std::size_t runs) { runs_.reserve(runs); }
    /// As if new, for rows [row, row + height); keeps its memory.
    void start(int first_row, int rows);
    /// Adds the next window to the right; the sums may be empty.
    void add(int first_col, const RowRuns& rows, std::span<const std::int64_t> sums,
             std::span<const std::int32_t> cells);
    /// How many there are before they are joined.
    [[nodiscard]] std::size_t runs() const { return runs_.size(); }
    /// The runs of row `row + index`.
    void join(std::size_t index, JoinedRow& out) const;

  private:
    std::vector<int> first_cols_;           ///< of the windows
    std::vector<std::uint32_t> row_begin_;  ///< into the runs: per window one per row and one past the last
    std::vector<PackedRun> runs_;
    std::vector<std::int64_t> sums_;
    std::vector<std::int32_t> cells_;
};
inline constexpr double probability_unit = 1.0 / (std::int64_t{1} << 30);

struct StripOptions {
    const RasterSource* classes = nullptr;
    const RasterSource* probability = nullptr;  ///< may be null
    int probability_col = 0;                    ///< column of the class grid's first column in the probability's grid
    int probability_row = 0;
    const RunArea* areas = nullptr;  ///< copied by every reader; null: no areas
};

/// Windows in which a source is read, whole blocks where that is reasonable, and how they make strips.
class StripLayout {
  public:
    explicit StripLayout(const RasterSource& source);
    [[nodiscard]] std::size_t strips() const { return static_cast<std::size_t>(layout_.down()); }
    [[nodiscard]] const BlockLayout& windows() const { return layout_; }
    /// Of the first one, which none exceeds.
    [[nodiscard]] std::int64_t strip_cells() const { return cells_; }

  private:
    BlockLayout layout_;
    std::int64_t cells_;
};

/// One per thread.
class StripReader {
  public:
    StripReader(const StripOptions& options, const ClassSet& classes, const StripLayout& layout);
    /// Overwrites `strip`.
    void read(std::size_t index, RunStrip& strip);

  private:
    void read_window(const Window& window);
    void add_probability(const Window& window);
    template <class T>
    void sum_probability(std::span<const T> values, const Window& there, const Window& held);
    void add_areas(RunStrip& strip);

    StripOptions options_;
    BlockLayout windows_;
    std::unique_ptr<RasterSource> classes_;
    std::unique_ptr<RasterSource> probability_;
    ClassScanner scanner_;
    std::optional<RunArea> area_;
    Block block_;
    RowRuns rows_;  ///< of the window read last, with the sums
    std::vector<std::int64_t> sums_;
    std::vector<std::int32_t> cells_;
    JoinedRow joined_;
};

}  // namespace vereda::raster::detail
