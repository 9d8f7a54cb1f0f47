#include "raster/run_strip.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/error.hpp"

namespace vereda::raster::detail {

using geo::operator""_msg;

namespace {

/// Whole blocks, several where they are small; blocks of many rows are read in parts, which GDAL's cache serves.
BlockShape reading_shape(const RasterSource& source) {
    constexpr int least_width = 256;
    constexpr int least_height = 64;
    constexpr int most_cells = 1 << 24;
    const BlockShape block = source.block_shape();
    const Grid& grid = source.grid();
    const auto repeated = [](int size, int least) { return size * ((least + size - 1) / size); };
    const int width = repeated(std::clamp(block.width, 1, std::min(grid.width, RunStrip::most_columns)), least_width);
    const int height = repeated(std::clamp(block.height, 1, grid.height), least_height);
    return {width, std::clamp(height, 1, std::max(1, most_cells / width))};
}

}  // namespace

void RunStrip::start(int first_row, int rows) {
    row = first_row;
    height = rows;
    areas.clear();
    first_cols_.clear();
    row_begin_.clear();
    runs_.clear();
    sums_.clear();
    cells_.clear();
}

void RunStrip::add(int first_col, const RowRuns& rows, std::span<const std::int64_t> sums,
                   std::span<const std::int32_t> cells) {
    first_cols_.push_back(first_col);
    for (const std::uint32_t begin : rows.row_begin)
        row_begin_.push_back(static_cast<std::uint32_t>(runs_.size()) + begin);
    const auto packed = [&](const ClassRun& run) {
        return PackedRun{static_cast<unsigned>(run.col_begin - first_col) & 0x3fffffU,
                         static_cast<unsigned>(run.col_end - first_col) & 0x3fffffU,
                         static_cast<unsigned>(run.cls) & 0xfffffU};
    };
    const std::size_t held = runs_.size();
    runs_.resize(held + rows.runs.size());
    std::ranges::transform(rows.runs, runs_.begin() + static_cast<std::ptrdiff_t>(held), packed);
    sums_.insert(sums_.end(), sums.begin(), sums.end());
    cells_.insert(cells_.end(), cells.begin(), cells.end());
}

void RunStrip::join(std::size_t index, JoinedRow& out) const {
    out.runs.clear();
    out.probability_sums.clear();
    out.probability_cells.clear();
    const std::uint32_t* begin = row_begin_.data() + index;
    for (const int first_col : first_cols_) {
        const std::size_t end = begin[1];
        for (std::size_t i = begin[0]; i < end; ++i) {
            const PackedRun packed = runs_[i];
            const ClassRun run{first_col + static_cast<int>(packed.begin), first_col + static_cast<int>(packed.end),
                               static_cast<int>(packed.cls)};
            const bool joins =
                !out.runs.empty() && out.runs.back().cls == run.cls && out.runs.back().col_end == run.col_begin;
            if (joins) {
                out.runs.back().col_end = run.col_end;
            } else {
                out.runs.push_back(run);
            }
            if (sums_.empty()) continue;
            if (joins) {
                out.probability_sums.back() += sums_[i];
                out.probability_cells.back() += cells_[i];
            } else {
                out.probability_sums.push_back(sums_[i]);
                out.probability_cells.push_back(cells_[i]);
            }
        }
        begin += height + 1;
    }
}

StripLayout::StripLayout(const RasterSource& source)
    : layout_(source.grid().width, source.grid().height, reading_shape(source)),
      cells_(std::int64_t{source.grid().width} * layout_.window(0, 0).height) {}

StripReader::StripReader(const StripOptions& options, const ClassSet& classes, const StripLayout& layout)
    : options_(options), windows_(layout.windows()), classes_(options.classes->clone()), scanner_(classes) {
    if (options.probability != nullptr) probability_ = options.probability->clone();
    if (options.areas != nullptr) area_.emplace(*options.areas);
    if (classes.size() > RunStrip::most_classes) {
        throw geo::Error(geo::ErrorKind::internal, {"internal.unexpected"_msg, {{"what", "too many classes"}}});
    }
}

void StripReader::read(std::size_t index, RunStrip& strip) {
    const int down = static_cast<int>(index);
    const Window first = windows_.window(0, down);
    strip.start(first.row, first.height);
    for (int i = 0; i < windows_.across(); ++i) {
        const Window window = windows_.window(i, down);
        read_window(window);
        strip.add(window.col, rows_, sums_, cells_);
    }
    if (area_) add_areas(strip);
}

void StripReader::add_areas(RunStrip& strip) {
    strip.areas.reserve(strip.runs());
    for (int i = 0; i < strip.height; ++i) {
        strip.join(static_cast<std::size_t>(i), joined_);
        for (const ClassRun& run : joined_.runs)
            strip.areas.push_back(area_->area(strip.row + i, run.col_begin, run.col_end));
    }
}

void StripReader::read_window(const Window& window) {
    classes_->read(window, block_);
    scanner_.scan(block_, rows_);
    if (probability_ == nullptr) return;
    sums_.assign(rows_.runs.size(), 0);
    cells_.assign(rows_.runs.size(), 0);
    if (!rows_.runs.empty()) add_probability(window);
}

void StripReader::add_probability(const Window& window) {
    const Window there{window.col + options_.probability_col, window.row + options_.probability_row, window.width,
                       window.height};
    const Window held = intersection(there, probability_->grid().whole());
    if (held.empty()) return;
    probability_->read(held, block_);
    if (block_.validity == Validity::none) return;
    with_cell_type(block_.type(), [&](auto tag) {
        using T = typename decltype(tag)::type;
        sum_probability(std::as_const(block_).template values<T>(), there, held);
    });
}

/// `there` and `held`: the window read, and the part of it that the probability raster has, in that raster's cells.
template <class T>
void StripReader::sum_probability(std::span<const T> values, const Window& there, const Window& held) {
    const Scaling scaling = probability_->scaling();
    for (int row = held.row; row < held.row_end(); ++row) {
        const auto line = static_cast<std::size_t>(row - there.row);
        const std::size_t base = static_cast<std::size_t>(row - held.row) * static_cast<std::size_t>(held.width);
        for (std::size_t i = rows_.row_begin[line]; i < rows_.row_begin[line + 1]; ++i) {
            const ClassRun& run = rows_.runs[i];
            const int begin = std::max(run.col_begin + options_.probability_col, held.col);
            const int end = std::min(run.col_end + options_.probability_col, held.col_end());
            for (int col = begin; col < end; ++col) {
                const std::size_t cell = base + static_cast<std::size_t>(col - held.col);
                if (!block_.valid(cell)) continue;
                const double value = scaling.apply(static_cast<double>(values[cell]));
                if (!(std::abs(value) <= 256)) {
                    throw geo::Error(geo::ErrorKind::input, {"components.probability_range"_msg, {}},
                                     probability_->locus());
                }
                sums_[i] += std::llround(value / probability_unit);
                ++cells_[i];
            }
        }
    }
}

}  // namespace vereda::raster::detail
