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
    const int width = repeated(std::clamp(block.width, 1, grid.width), least_width);
    const int height = repeated(std::clamp(block.height, 1, grid.height), least_height);
    return {width, std::clamp(height, 1, std::max(1, most_cells / width))};
}

}  // namespace

StripLayout::StripLayout(const RasterSource& source)
    : layout_(source.grid().width, source.grid().height, reading_shape(source)),
      cells_(std::int64_t{source.grid().width} * layout_.window(0, 0).height) {}

StripReader::StripReader(const StripOptions& options, const ClassSet& classes, const StripLayout& layout)
    : options_(options), windows_(layout.windows()), classes_(options.classes->clone()), scanner_(classes) {
    if (options.probability != nullptr) probability_ = options.probability->clone();
    if (options.areas != nullptr) area_.emplace(*options.areas);
}

RunStrip StripReader::read(std::size_t index) {
    const int down = static_cast<int>(index);
    const int across = windows_.across();
    pieces_.resize(static_cast<std::size_t>(across));
    for (int i = 0; i < across; ++i)
        read_piece(windows_.window(i, down), pieces_[static_cast<std::size_t>(i)]);
    RunStrip strip;
    const Window first = windows_.window(0, down);
    strip.row = first.row;
    if (across == 1) {
        strip.rows = std::move(pieces_[0].rows);
        strip.probability_sums = std::move(pieces_[0].sums);
        strip.probability_cells = std::move(pieces_[0].cells);
    } else {
        join_pieces(first.height, strip);
    }
    if (!area_) return strip;
    strip.areas.reserve(strip.rows.runs.size());
    for (int i = 0; i < first.height; ++i) {
        for (const ClassRun& run : strip.rows.row(static_cast<std::size_t>(i)))
            strip.areas.push_back(area_->area(first.row + i, run.col_begin, run.col_end));
    }
    return strip;
}

void StripReader::read_piece(const Window& window, Piece& piece) {
    classes_->read(window, block_);
    scanner_.scan(block_, piece.rows);
    if (probability_ == nullptr) return;
    piece.sums.assign(piece.rows.runs.size(), 0);
    piece.cells.assign(piece.rows.runs.size(), 0);
    if (!piece.rows.runs.empty()) add_probability(window, piece);
}

void StripReader::add_probability(const Window& window, Piece& piece) {
    const Window there{window.col + options_.probability_col, window.row + options_.probability_row, window.width,
                       window.height};
    const Window held = intersection(there, probability_->grid().whole());
    if (held.empty()) return;
    probability_->read(held, block_);
    if (block_.validity == Validity::none) return;
    with_cell_type(block_.type(), [&](auto tag) {
        using T = typename decltype(tag)::type;
        sum_probability(std::as_const(block_).template values<T>(), there, held, piece);
    });
}

/// `there` and `held`: the piece's window, and the part of it that the probability raster has, in that raster's cells.
template <class T>
void StripReader::sum_probability(std::span<const T> values, const Window& there, const Window& held,
                                  Piece& piece) const {
    const Scaling scaling = probability_->scaling();
    for (int row = held.row; row < held.row_end(); ++row) {
        const auto line = static_cast<std::size_t>(row - there.row);
        const std::size_t base = static_cast<std::size_t>(row - held.row) * static_cast<std::size_t>(held.width);
        for (std::size_t i = piece.rows.row_begin[line]; i < piece.rows.row_begin[line + 1]; ++i) {
            const ClassRun& run = piece.rows.runs[i];
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
                piece.sums[i] += std::llround(value / probability_unit);
                ++piece.cells[i];
            }
        }
    }
}

void StripReader::join_pieces(int height, RunStrip& strip) const {
    std::size_t count = 0;
    for (const Piece& piece : pieces_)
        count += piece.rows.runs.size();
    const bool sums = probability_ != nullptr;
    strip.rows.runs.reserve(count);
    strip.rows.row_begin.assign(1, 0);
    for (std::size_t row = 0; row < static_cast<std::size_t>(height); ++row) {
        const std::size_t first = strip.rows.runs.size();
        for (const Piece& piece : pieces_) {
            for (std::size_t i = piece.rows.row_begin[row]; i < piece.rows.row_begin[row + 1]; ++i) {
                const ClassRun& run = piece.rows.runs[i];
                const bool joins = strip.rows.runs.size() > first && strip.rows.runs.back().cls == run.cls &&
                                   strip.rows.runs.back().col_end == run.col_begin;
                if (joins) {
                    strip.rows.runs.back().col_end = run.col_end;
                } else {
                    strip.rows.runs.push_back(run);
                }
                if (!sums) continue;
                if (joins) {
                    strip.probability_sums.back() += piece.sums[i];
                    strip.probability_cells.back() += piece.cells[i];
                } else {
                    strip.probability_sums.push_back(piece.sums[i]);
                    strip.probability_cells.push_back(piece.cells[i]);
                }
            }
        }
        strip.rows.row_begin.push_back(static_cast<std::uint32_t>(strip.rows.runs.size()));
    }
}

}  // namespace vereda::raster::detail
