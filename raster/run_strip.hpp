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

/// Rows from `row` on. Sums of probabilities are whole numbers of `probability_unit`, so that they do not depend on how
/// a run was cut.
struct RunStrip {
    int row = 0;
    RowRuns rows;                                ///< as long as they can be
    std::vector<double> areas;                   ///< square metres, one per run; empty unless asked for
    std::vector<std::int64_t> probability_sums;  ///< one per run; empty without a probability raster
    std::vector<std::int32_t> probability_cells;
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
    [[nodiscard]] RunStrip read(std::size_t strip);

  private:
    struct Piece {
        RowRuns rows;
        std::vector<std::int64_t> sums;
        std::vector<std::int32_t> cells;
    };
    void read_piece(const Window& window, Piece& piece);
    void add_probability(const Window& window, Piece& piece);
    template <class T>
    void sum_probability(std::span<const T> values, const Window& there, const Window& held, Piece& piece) const;
    void join_pieces(int height, RunStrip& strip) const;

    StripOptions options_;
    BlockLayout windows_;
    std::unique_ptr<RasterSource> classes_;
    std::unique_ptr<RasterSource> probability_;
    ClassScanner scanner_;
    std::optional<RunArea> area_;
    Block block_;
    std::vector<Piece> pieces_;
};

}  // namespace vereda::raster::detail
