/// Runs: the stretches of cells of one class along a row, found at the speed of memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "raster/block.hpp"

namespace vereda::raster {

/// The classes that are looked for, as values stored in the raster (before scale and offset).
class ClassSet {
  public:
    ClassSet() = default;
    /// `values` in any order, duplicates count once. `merged`: all of them are one class, named by the smallest value.
    ClassSet(std::vector<double> values, bool merged);

    [[nodiscard]] std::size_t size() const { return merged_ ? std::size_t{!values_.empty()} : values_.size(); }
    [[nodiscard]] double value(int index) const { return values_[static_cast<std::size_t>(index)]; }
    /// Index of the class that a cell's value belongs to, or -1.
    [[nodiscard]] int index_of(double value) const;

  private:
    std::vector<double> values_;  ///< ascending
    bool merged_ = false;
};

/// Cells [col_begin, col_end) of a row, all of the class with this index.
struct ClassRun {
    int col_begin = 0;
    int col_end = 0;
    int cls = 0;
    friend constexpr bool operator==(const ClassRun&, const ClassRun&) = default;
};

/// Runs of several rows, row by row, columns ascending.
struct RowRuns {
    std::vector<ClassRun> runs;
    std::vector<std::uint32_t> row_begin;  ///< into runs: one per row and one past the last

    [[nodiscard]] std::span<const ClassRun> row(std::size_t index) const {
        return {runs.data() + row_begin[index], runs.data() + row_begin[index + 1]};
    }
};

/// Finds the runs of a block's rows, cut at the block's sides. Cells without a value belong to no class. Holds a table
/// of classes: one per thread.
class ClassScanner {
  public:
    explicit ClassScanner(const ClassSet& classes);
    void scan(const Block& block, RowRuns& out);

  private:
    template <class T>
    void scan_rows(const Block& block, RowRuns& out);

    const ClassSet* classes_;
    std::array<std::int16_t, 256> of_unsigned_byte_{};
    std::array<std::int16_t, 256> of_signed_byte_{};
};

}  // namespace vereda::raster
