#include "raster/key_kernel.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

#include "geo/error.hpp"

namespace vereda::raster::detail {

using geo::operator""_msg;

KeyCodes::KeyCodes(std::span<const Classing> classings) : strides_(classings.size()) {
    std::uint64_t combinations = 1;
    for (std::size_t l = classings.size(); l-- > 0;) {
        strides_[l] = static_cast<std::uint32_t>(combinations);
        combinations *= classings[l].count();
        if (combinations >= std::numeric_limits<std::uint32_t>::max())
            throw geo::Error(geo::ErrorKind::usage, {"tabulate.too_many_classes"_msg, {}});
    }
    for (const Classing& classing : classings)
        counts_.push_back(classing.count());
    combinations_ = static_cast<std::uint32_t>(combinations);
}

LayerCoder::LayerCoder(Scaling scaling, Classing classing, std::uint32_t stride)
    : scaling_(scaling), classing_(std::move(classing)), stride_(stride) {
    if (const auto missing = classing_.of_missing()) missing_ = *missing * stride;
    for (std::size_t value = 0; value < bytes_.size(); ++value)
        bytes_[value] = code_of(static_cast<double>(value));
}

std::uint32_t LayerCoder::code_of(double raw) const {
    const std::optional<std::uint32_t> index = classing_.of(scaling_.apply(raw));
    return index ? *index * stride_ : left_out;
}

/// Calls visit(code, cells): code(col) is the code of a cell of the row; `cells` the raw values of the tile's columns
/// in that row where they are UInt8 and all known, else null.
template <class Visit>
auto LayerCoder::with_codes(const LayerTile& tile, int row, Visit&& visit) const {
    const std::uint8_t* const no_cells = nullptr;
    const auto missing = [this](int) { return missing_; };
    if (!tile.present() || tile.block->validity == Validity::none || row < tile.window.row ||
        row >= tile.window.row_end())
        return visit(missing, no_cells);
    return with_cell_type(tile.block->type(), [&](auto tag) {
        using T = typename decltype(tag)::type;
        const std::ptrdiff_t line = std::ptrdiff_t{row - tile.window.row} * tile.window.width;
        const T* values = tile.block->values<T>().data() + line;
        const bool masked = tile.block->validity == Validity::by_mask;
        const std::uint8_t* mask = masked ? tile.block->mask().data() + line : nullptr;
        const int first = tile.window.col;
        const int width = tile.window.width;
        const auto code = [=, this](int col) {
            const int i = col - first;
            if (i < 0 || i >= width || (mask != nullptr && mask[i] == 0)) return missing_;
            if constexpr (std::is_same_v<T, std::uint8_t>) {
                return bytes_[values[i]];
            } else {
                return code_of(static_cast<double>(values[i]));
            }
        };
        if constexpr (std::is_same_v<T, std::uint8_t>) {
            return visit(code, masked ? no_cells : values);
        } else {
            return visit(code, no_cells);
        }
    });
}

/// Passes eight cells at once while they are alike and left out.
int LayerCoder::skip_words(const std::uint8_t* cells, int first, int begin, int end) const {
    for (; begin + 8 <= end; begin += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, cells + (begin - first), sizeof word);
        if (word != std::rotl(word, 8) || bytes_[word & 0xff] != left_out) break;
    }
    return begin;
}

int LayerCoder::first_kept(const LayerTile& tile, int row, int begin, int end) const {
    return with_codes(tile, row, [&](const auto& code, const std::uint8_t* cells) {
        for (int col = begin; col < end;) {
            if (cells != nullptr && col >= tile.window.col) {
                const int passed = skip_words(cells, tile.window.col, col, std::min(end, tile.window.col_end()));
                if (passed > col) {
                    col = passed;
                    continue;
                }
            }
            for (const int stop = std::min(col + 8, end); col < stop; ++col) {
                if (code(col) != left_out) return col;
            }
        }
        return end;
    });
}

int LayerCoder::first_left_out(const LayerTile& tile, int row, int begin, int end) const {
    return with_codes(tile, row, [&](const auto& code, const std::uint8_t*) {
        int col = begin;
        while (col < end && code(col) != left_out)
            ++col;
        return col;
    });
}

void LayerCoder::add(const LayerTile& tile, int row, int begin, std::span<std::uint32_t> codes) const {
    with_codes(tile, row, [&](const auto& code, const std::uint8_t*) {
        for (std::size_t i = 0; i < codes.size(); ++i) {
            const std::uint32_t part = code(begin + static_cast<int>(i));
            codes[i] = part == left_out || codes[i] == left_out ? left_out : codes[i] + part;
        }
        return 0;
    });
}

KeyKernel::KeyKernel(std::vector<LayerCoder> coders, std::uint32_t combinations) : coders_(std::move(coders)) {
    if (combinations <= std::numeric_limits<std::uint16_t>::max()) {
        few_.emplace();
    } else {
        many_.emplace();
    }
}

void KeyKernel::accumulate(std::span<const Span> spans, std::span<const LayerTile> tiles, const TileAreas& areas,
                           ValueTable& table) {
    const LayerCoder& first = coders_.front();
    for (const Span& span : spans) {
        int begin = first.first_kept(tiles.front(), span.row, span.col_begin, span.col_end);
        while (begin < span.col_end) {
            const int end = first.first_left_out(tiles.front(), span.row, begin, span.col_end);
            add_range({span.row, begin, end, span.fraction}, tiles, areas);
            begin = first.first_kept(tiles.front(), span.row, end, span.col_end);
        }
    }
    few_ ? few_->move_to(table) : many_->move_to(table);
}

/// Cells that the first layer keeps; neighbours of one combination count as one run.
void KeyKernel::add_range(const Span& range, std::span<const LayerTile> tiles, const TileAreas& areas) {
    codes_.assign(static_cast<std::size_t>(range.col_end - range.col_begin), 0);
    for (std::size_t l = 0; l < coders_.size(); ++l)
        coders_[l].add(tiles[l], range.row, range.col_begin, codes_);
    std::size_t i = 0;
    while (i < codes_.size()) {
        const std::uint32_t code = codes_[i];
        const std::size_t begin = i;
        while (i < codes_.size() && codes_[i] == code)
            ++i;
        if (code == LayerCoder::left_out) continue;
        add_run(code,
                {range.row, range.col_begin + static_cast<int>(begin), range.col_begin + static_cast<int>(i),
                 range.fraction},
                areas);
    }
}

void KeyKernel::add_run(std::uint32_t code, const Span& run, const TileAreas& areas) {
    const double cover = run.fraction * (run.col_end - run.col_begin);
    const double area = areas.under(run);
    if (few_) {
        few_->add(static_cast<std::uint16_t>(code), cover, area);
    } else {
        many_->add(code, cover, area);
    }
}

}  // namespace vereda::raster::detail
