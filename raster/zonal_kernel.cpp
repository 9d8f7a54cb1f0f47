#include "raster/zonal_kernel.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <type_traits>
#include <utility>

#include "raster/byte_histogram.hpp"
#include "raster/table_scratch.hpp"

namespace vereda::raster::detail {

void LayerState::merge(LayerState&& other) {
    moments.merge(other.moments);
    extremes.merge(other.extremes);
    table.merge(std::move(other.table));
    valid_area += other.valid_area;
    weighted_sum += other.weighted_sum;
    weight_sum += other.weight_sum;
    weight_missing = weight_missing || other.weight_missing;
}

double TileAreas::under(const Span& span) const {
    if (same_) return areas_->row_area(span.row) * (span.col_end - span.col_begin) * span.fraction;
    const double* cell = from(span.row, span.col_begin);
    double sum = 0;
    for (int i = 0; i < span.col_end - span.col_begin; ++i)
        sum += cell[i];
    return sum * span.fraction;
}

namespace {

/// The part of a span that a tile holds, as a position in the tile and a length; length 0 outside it.
struct Piece {
    std::size_t position = 0;
    int col = 0;
    int length = 0;
};

[[gnu::always_inline]] inline Piece piece_of(const Span& span, const Window& window) {
    if (span.row < window.row || span.row >= window.row_end()) return {};
    const int begin = std::max(span.col_begin, window.col);
    const int length = std::min(span.col_end, window.col_end()) - begin;
    if (length <= 0) return {};
    return {static_cast<std::size_t>(span.row - window.row) * static_cast<std::size_t>(window.width) +
                static_cast<std::size_t>(begin - window.col),
            begin, length};
}

constexpr int shortest_counted = 24;  // cells; taking the counts of a band costs as much as some hundred cells

template <class T>
inline constexpr bool small_integer = std::is_integral_v<T> && sizeof(T) <= 4;

/// Sums of one run of cells.
struct RunSums {
    std::int64_t count = 0;
    double sum = 0;
    double shifted = 0;
    double shifted_squares = 0;
};

/// Four lanes, always folded in one order: the same bits whatever the compiler vectorises.
template <class T, bool masked, bool squares>
RunSums run_sums(const T* values, const std::uint8_t* mask, int length, double shift) {
    RunSums run;
    if constexpr (!masked) run.count = length;
    if constexpr (small_integer<T>) {
        std::int64_t sum = 0;
        for (int i = 0; i < length; ++i) {
            if constexpr (masked) {
                run.count += mask[i];
                sum += mask[i] != 0 ? static_cast<std::int64_t>(values[i]) : 0;
            } else {
                sum += static_cast<std::int64_t>(values[i]);
            }
        }
        run.sum = static_cast<double>(sum);
    }
    if constexpr (!small_integer<T> || squares) {
        std::array<double, 4> sum{};
        std::array<double, 4> first{};
        std::array<double, 4> second{};
        const auto add = [&](std::size_t lane, int i) {
            double value = static_cast<double>(values[i]);
            if constexpr (masked) {
                if (mask[i] == 0) return;
                if constexpr (!small_integer<T>) ++run.count;
            }
            if constexpr (!small_integer<T>) sum[lane] += value;
            if constexpr (squares) {
                value -= shift;
                first[lane] += value;
                second[lane] += value * value;
            }
        };
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            add(0, i);
            add(1, i + 1);
            add(2, i + 2);
            add(3, i + 3);
        }
        for (std::size_t lane = 0; i < length; ++i, ++lane)
            add(lane, i);
        if constexpr (!small_integer<T>) run.sum = (sum[0] + sum[1]) + (sum[2] + sum[3]);
        run.shifted = (first[0] + first[1]) + (first[2] + first[3]);
        run.shifted_squares = (second[0] + second[1]) + (second[2] + second[3]);
    }
    return run;
}

template <class T>
class RunningExtremes {
  public:
    void add(const T* values, const std::uint8_t* mask, int length) {
        for (int i = 0; i < length; ++i) {
            if (mask != nullptr && mask[i] == 0) continue;
            min_ = std::min(min_, values[i]);
            max_ = std::max(max_, values[i]);
            any_ = true;
        }
    }
    void add_to(Extremes& extremes) const {
        if (!any_) return;
        extremes.add(static_cast<double>(min_));
        extremes.add(static_cast<double>(max_));
    }

  private:
    T min_ = std::numeric_limits<T>::max();
    T max_ = std::numeric_limits<T>::lowest();
    bool any_ = false;
};

template <class T>
class TypedKernel final : public LayerKernel {
  public:
    explicit TypedKernel(const LayerNeeds& needs) : needs_(needs) {}

    void accumulate(std::span<const Span> spans, const LayerTile& tile, const TileAreas* areas,
                    LayerState& state) override {
        if (!tile.present() || tile.block->validity == Validity::none) return;
        const bool masked = tile.block->validity == Validity::by_mask;
        if (needs_.sums || needs_.squares) {
            if (masked) {
                needs_.squares ? sums<true, true>(spans, tile, state) : sums<true, false>(spans, tile, state);
            } else {
                needs_.squares ? sums<false, true>(spans, tile, state) : sums<false, false>(spans, tile, state);
            }
        }
        if (needs_.extremes) extremes(spans, tile, state);
        if (needs_.valid_area) valid_area(spans, tile, *areas, state);
        if (needs_.table()) {
            masked ? table<true>(spans, tile, areas, state) : table<false>(spans, tile, areas, state);
        }
    }

  private:
    static const std::uint8_t* mask_of(const LayerTile& tile) {
        return tile.block->validity == Validity::by_mask ? tile.block->mask().data() : nullptr;
    }

    /// The first value under the spans: close enough to the mean to keep the squares small.
    static double shift_of(std::span<const Span> spans, const LayerTile& tile) {
        const T* values = tile.block->values<T>().data();
        for (const Span& span : spans) {
            const Piece piece = piece_of(span, tile.window);
            for (int i = 0; i < piece.length; ++i) {
                if (tile.block->valid(piece.position + static_cast<std::size_t>(i)))
                    return static_cast<double>(values[piece.position + static_cast<std::size_t>(i)]);
            }
        }
        return 0;
    }

    template <bool masked, bool squares>
    void sums(std::span<const Span> spans, const LayerTile& tile, LayerState& state) {
        const T* values = tile.block->values<T>().data();
        const std::uint8_t* mask = masked ? tile.block->mask().data() : nullptr;
        const double shift = squares ? shift_of(spans, tile) : 0;
        double weight = 0;
        double sum = 0;
        double shifted = 0;
        double shifted_squares = 0;
        for (const Span& span : spans) {
            const Piece piece = piece_of(span, tile.window);
            if (piece.length == 0) continue;
            const RunSums run = run_sums<T, masked, squares>(
                values + piece.position, masked ? mask + piece.position : nullptr, piece.length, shift);
            weight += span.fraction * static_cast<double>(run.count);
            sum += span.fraction * run.sum;
            if constexpr (squares) {
                shifted += span.fraction * run.shifted;
                shifted_squares += span.fraction * run.shifted_squares;
            }
        }
        if (weight > 0) state.moments.merge(Moments::from_shifted_sums(weight, sum, shift, shifted, shifted_squares));
    }

    void extremes(std::span<const Span> spans, const LayerTile& tile, LayerState& state) {
        const T* values = tile.block->values<T>().data();
        const std::uint8_t* mask = mask_of(tile);
        RunningExtremes<T> running;
        for (const Span& span : spans) {
            const Piece piece = piece_of(span, tile.window);
            running.add(values + piece.position, mask != nullptr ? mask + piece.position : nullptr, piece.length);
        }
        running.add_to(state.extremes);
    }

    void valid_area(std::span<const Span> spans, const LayerTile& tile, const TileAreas& areas, LayerState& state) {
        const std::uint8_t* mask = mask_of(tile);
        double sum = 0;
        for (const Span& span : spans) {
            const Piece piece = piece_of(span, tile.window);
            if (piece.length == 0) continue;
            if (mask == nullptr) {
                sum += areas.under({span.row, piece.col, piece.col + piece.length, span.fraction});
                continue;
            }
            for (int i = 0; i < piece.length; ++i) {
                if (mask[piece.position + static_cast<std::size_t>(i)] == 0) continue;
                const double area =
                    areas.same_along_rows() ? areas.of_row(span.row) : *areas.from(span.row, piece.col + i);
                sum += span.fraction * area;
            }
        }
        state.valid_area += sum;
    }

    /// Neighbouring cells of one value count as one run.
    template <bool masked>
    void table(std::span<const Span> spans, const LayerTile& tile, const TileAreas* areas, LayerState& state) {
        const T* values = tile.block->values<T>().data();
        const std::uint8_t* mask = masked ? tile.block->mask().data() : nullptr;
        const bool with_area = needs_.area_table;
        const bool same_area = !with_area || areas->same_along_rows();
        for (const Span& span : spans) {
            const Piece piece = piece_of(span, tile.window);
            if (piece.length == 0) continue;
            const T* cell = values + piece.position;
            if constexpr (sizeof(T) == 1) {
                if (!with_area && span.fraction == 1 && piece.length >= shortest_counted) {
                    count_bytes<masked>(cell, masked ? mask + piece.position : nullptr, piece.length);
                    continue;
                }
            }
            const double row_area = with_area && same_area ? areas->of_row(span.row) : 0;
            if (piece.length == 1 && same_area) {
                if (!masked || mask[piece.position] != 0) scratch_.add(*cell, span.fraction, span.fraction * row_area);
                continue;
            }
            const double* cell_areas = same_area ? nullptr : areas->from(span.row, piece.col);
            int i = 0;
            while (i < piece.length) {
                if constexpr (masked) {
                    if (mask[piece.position + static_cast<std::size_t>(i)] == 0) {
                        ++i;
                        continue;
                    }
                }
                const T value = cell[i];
                const int begin = i;
                double area = 0;
                do {
                    if (!same_area) area += cell_areas[i];
                    ++i;
                } while (i < piece.length && cell[i] == value &&
                         (!masked || mask[piece.position + static_cast<std::size_t>(i)] != 0));
                const double cover = span.fraction * (i - begin);
                scratch_.add(value, cover, same_area ? cover * row_area : span.fraction * area);
            }
        }
        if constexpr (sizeof(T) == 1) {
            histogram_.take([&](std::uint8_t value, std::uint64_t count) {
                scratch_.add(std::bit_cast<T>(value), static_cast<double>(count), 0);
            });
        }
        scratch_.move_to(state.table);
    }

    template <bool masked>
    void count_bytes(const T* cells, const std::uint8_t* mask, int length) {
        const auto* bytes = static_cast<const std::uint8_t*>(static_cast<const void*>(cells));
        if constexpr (masked) {
            histogram_.add(bytes, mask, static_cast<std::size_t>(length));
        } else {
            histogram_.add(bytes, static_cast<std::size_t>(length));
        }
    }

    LayerNeeds needs_;
    ByteHistogram histogram_;
    TableScratch<T> scratch_;
};

/// A run of any type as real numbers; NaN where there is no value.
void read_run(const LayerTile& tile, const Piece& piece, Scaling scaling, std::vector<double>& out) {
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    out.resize(static_cast<std::size_t>(piece.length));
    if (tile.block->validity == Validity::none) {
        std::ranges::fill(out, missing);
        return;
    }
    with_cell_type(tile.block->type(), [&](auto tag) {
        using T = typename decltype(tag)::type;
        const T* values = tile.block->values<T>().data();
        for (std::size_t i = 0; i < out.size(); ++i) {
            const std::size_t position = piece.position + i;
            out[i] = tile.block->valid(position) ? scaling.apply(static_cast<double>(values[position])) : missing;
        }
    });
}

bool is_byte(const LayerTile& tile) {
    return tile.block->type() == CellType::uint8;
}

}  // namespace

std::unique_ptr<LayerKernel> make_layer_kernel(CellType type, const LayerNeeds& needs) {
    return with_cell_type(type, [&](auto tag) -> std::unique_ptr<LayerKernel> {
        return std::make_unique<TypedKernel<typename decltype(tag)::type>>(needs);
    });
}

void PairKernel::accumulate(std::span<const Span> spans, const LayerTile& a, const LayerTile& b, const TileAreas& areas,
                            PairTable& pairs) {
    if (!a.present() || !b.present()) return;
    if (a.block->validity == Validity::none || b.block->validity == Validity::none) return;
    if (is_byte(a) && is_byte(b)) {
        accumulate_bytes(spans, a, b, areas, pairs);
        return;
    }
    PairTable band;
    for (const Span& span : spans) {
        const Piece in_a = piece_of(span, a.window);
        const Span held{span.row, in_a.col, in_a.col + in_a.length, span.fraction};
        const Piece in_b = piece_of(held, b.window);
        if (in_a.length == 0 || in_b.length == 0) continue;
        const auto skipped = static_cast<std::size_t>(in_b.col - in_a.col);
        read_run(a, {in_a.position + skipped, in_b.col, in_b.length}, {}, row_a_);
        read_run(b, in_b, {}, row_b_);
        for (int i = 0; i < in_b.length; ++i) {
            const double value_a = row_a_[static_cast<std::size_t>(i)];
            const double value_b = row_b_[static_cast<std::size_t>(i)];
            if (std::isnan(value_a) || std::isnan(value_b)) continue;
            const double area = areas.same_along_rows() ? areas.of_row(span.row) : *areas.from(span.row, in_b.col + i);
            band.add({value_a, value_b, span.fraction * area});
        }
    }
    pairs.merge(band);
}

void PairKernel::accumulate_bytes(std::span<const Span> spans, const LayerTile& a, const LayerTile& b,
                                  const TileAreas& areas, PairTable& pairs) {
    constexpr std::size_t classes = 256;
    if (area_.empty()) area_.assign(classes * classes, 0.0);
    const std::uint8_t* values_a = a.block->values<std::uint8_t>().data();
    const std::uint8_t* values_b = b.block->values<std::uint8_t>().data();
    const bool same_area = areas.same_along_rows();
    for (const Span& span : spans) {
        const Piece in_a = piece_of(span, a.window);
        const Piece in_b = piece_of({span.row, in_a.col, in_a.col + in_a.length, span.fraction}, b.window);
        if (in_a.length == 0 || in_b.length == 0) continue;
        const std::size_t start_a = in_a.position + static_cast<std::size_t>(in_b.col - in_a.col);
        const double row_area = same_area ? areas.of_row(span.row) : 0;
        const double* cell_areas = same_area ? nullptr : areas.from(span.row, in_b.col);
        const auto length = static_cast<std::size_t>(in_b.length);
        const auto held = [&](std::size_t i) {
            return a.block->valid(start_a + i) && b.block->valid(in_b.position + i);
        };
        const auto key = [&](std::size_t i) {
            return static_cast<std::uint16_t>(values_a[start_a + i] << 8 | values_b[in_b.position + i]);
        };
        std::size_t i = 0;
        while (i < length) {
            if (!held(i)) {
                ++i;
                continue;
            }
            const std::uint16_t pair = key(i);
            const std::size_t begin = i;
            double area = 0;
            do {
                if (!same_area) area += cell_areas[i];
                ++i;
            } while (i < length && key(i) == pair && held(i));
            if (same_area) area = row_area * static_cast<double>(i - begin);
            if (area_[pair] == 0) touched_.push_back(pair);
            area_[pair] += span.fraction * area;
        }
    }
    for (const std::uint16_t pair : touched_) {
        pairs.add({static_cast<double>(pair >> 8), static_cast<double>(pair & 0xff), area_[pair]});
        area_[pair] = 0;
    }
    touched_.clear();
}

void WeightedKernel::accumulate(std::span<const Span> spans, const LayerTile& values, Scaling value_scaling,
                                const LayerTile& weights, Scaling weight_scaling, LayerState& state) {
    if (!values.present() || values.block->validity == Validity::none) return;
    double weighted_sum = 0;
    double weight_sum = 0;
    for (const Span& span : spans) {
        const Piece piece = piece_of(span, values.window);
        if (piece.length == 0) continue;
        read_run(values, piece, value_scaling, row_values_);
        const Span held{span.row, piece.col, piece.col + piece.length, span.fraction};
        row_weights_.assign(row_values_.size(), std::numeric_limits<double>::quiet_NaN());
        std::size_t skipped = 0;
        run_.clear();
        if (weights.present()) {
            const Piece in_weights = piece_of(held, weights.window);
            if (in_weights.length > 0) {
                skipped = static_cast<std::size_t>(in_weights.col - piece.col);
                read_run(weights, in_weights, weight_scaling, run_);
            }
        }
        std::ranges::copy(run_, row_weights_.begin() + static_cast<std::ptrdiff_t>(skipped));
        for (std::size_t i = 0; i < row_values_.size(); ++i) {
            if (std::isnan(row_values_[i])) continue;
            if (std::isnan(row_weights_[i])) {
                state.weight_missing = true;
                continue;
            }
            const double weight = span.fraction * row_weights_[i];
            weight_sum += weight;
            weighted_sum += weight * row_values_[i];
        }
    }
    state.weighted_sum += weighted_sum;
    state.weight_sum += weight_sum;
}

}  // namespace vereda::raster::detail
