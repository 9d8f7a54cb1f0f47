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

void RunStrip::add(int first_col, const RowRuns& rows, std::vector<std::int64_t> sums,
                   std::vector<std::int32_t> cells) {
    const auto packed = [&](const ClassRun& run) {
        return PackedRun{static_cast<unsigned>(run.col_begin - first_col) & 0x3fffffU,
                         static_cast<unsigned>(run.col_end - first_col) & 0x3fffffU,
                         static_cast<unsigned>(run.cls) & 0xfffffU};
    };
    Piece& piece = pieces_.emplace_back();
    piece.first_col = first_col;
    piece.runs.resize(rows.runs.size());
    std::ranges::transform(rows.runs, piece.runs.begin(), packed);
    piece.row_begin = rows.row_begin;
    piece.sums = std::move(sums);
    piece.cells = std::move(cells);
}

std::size_t RunStrip::runs() const {
    std::size_t count = 0;
    for (const Piece& piece : pieces_)
        count += piece.runs.size();
    return count;
}

void RunStrip::join(std::size_t index, JoinedRow& out) const {
    out.runs.clear();
    out.probability_sums.clear();
    out.probability_cells.clear();
    for (const Piece& piece : pieces_) {
        for (std::size_t i = piece.row_begin[index]; i < piece.row_begin[index + 1]; ++i) {
            const PackedRun packed = piece.runs[i];
            const ClassRun run{piece.first_col + static_cast<int>(packed.begin),
                               piece.first_col + static_cast<int>(packed.end), static_cast<int>(packed.cls)};
            const bool joins =
                !out.runs.empty() && out.runs.back().cls == run.cls && out.runs.back().col_end == run.col_begin;
            if (joins) {
                out.runs.back().col_end = run.col_end;
            } else {
                out.runs.push_back(run);
            }
            if (piece.sums.empty()) continue;
            if (joins) {
                out.probability_sums.back() += piece.sums[i];
                out.probability_cells.back() += piece.cells[i];
            } else {
                out.probability_sums.push_back(piece.sums[i]);
                out.probability_cells.push_back(piece.cells[i]);
            }
        }
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

RunStrip StripReader::read(std::size_t index) {
    const int down = static_cast<int>(index);
    RunStrip strip;
    strip.row = windows_.window(0, down).row;
    strip.height = windows_.window(0, down).height;
    for (int i = 0; i < windows_.across(); ++i) {
        const Window window = windows_.window(i, down);
        read_window(window);
        strip.add(window.col, rows_, sums_, cells_);
    }
    if (area_) add_areas(strip);
    return strip;
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
