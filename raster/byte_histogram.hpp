/// Counts of byte values along runs of cells.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace vereda::raster {

/// A run of cells that are alike is one addition; where runs are short, cells are read eight at a time. Four tables
/// take turns, so that an addition need not wait for the one before it in the same place. Holds up to 2^32 - 1 cells
/// between two calls of take().
///
/// Where runs end is noted first and counted afterwards: how many end among the next cells cannot be foretold, so that
/// neither step branches on it.
class ByteHistogram {
  public:
    void add(const std::uint8_t* values, std::size_t length) {
        if (length < fewest) {
            count_cells(values, 0, length);
            return;
        }
        begun_ = 0;
        if (length <= step) {
            note_ends(values, 0, ends_in(values, length));
        } else {
            std::size_t i = 0;
            for (; i + step < length; i += step)
                note_ends(values, i, ends_of_runs(values + i));
            // The last cells are looked at together with some before them, whose ends are known.
            const std::size_t last = length - 1 - step;
            if (i + 1 < length) note_ends(values, i, ends_of_runs(values + last) >> (i - last));
        }
        count_runs(values);
        if (begun_ < length) count_run(0, values[begun_], length - begun_);
    }

    /// Cells whose mask is 1; masks are 0 or 1.
    void add(const std::uint8_t* values, const std::uint8_t* mask, std::size_t length) {
        constexpr std::uint64_t all = 0x0101010101010101U;
        std::size_t i = 0;
        for (; i + 8 <= length; i += 8) {
            const std::uint64_t held = word_at(mask + i);
            if (held == all) {
                add_word(word_at(values + i));
            } else if (held != 0) {
                for (std::size_t k = i; k < i + 8; ++k)
                    count_run(k, values[k], mask[k]);
            }
        }
        for (; i < length; ++i)
            count_run(i, values[i], mask[i]);
    }

    /// Calls visit(value, count) for every value met, ascending, and forgets them.
    template <class Visit>
    void take(Visit&& visit) {
        const unsigned last = std::exchange(met_, 0);
        for (unsigned value = 0; value <= last; ++value) {
            std::uint64_t count = 0;
            for (auto& table : counts_)
                count += std::exchange(table[value], 0);
            if (count > 0) visit(static_cast<std::uint8_t>(value), count);
        }
    }

  private:
    static constexpr std::size_t step = 64;          ///< cells looked at together
    static constexpr std::size_t fewest = 17;        ///< cells; fewer count one by one
    static constexpr std::size_t usual_runs = 8;     ///< that end within a step
    static constexpr std::size_t most_runs = 20;     ///< where more do, cells count one by one
    static constexpr std::size_t most_noted = 1024;  ///< ends noted before they are counted

    /// Notes the runs that end among the cells from `first` on; bit i of `ends` stands for cell first + i.
    [[gnu::always_inline]] void note_ends(const std::uint8_t* values, std::size_t first, std::uint64_t ends) {
        const std::size_t runs = bits_in(ends);
        if (runs > most_runs) [[unlikely]] {
            count_runs(values);
            if (begun_ < first) count_run(0, values[begun_], first - begun_);
            begun_ = first + static_cast<std::size_t>(std::bit_width(ends));
            count_cells(values, first, begun_);
            return;
        }
        std::uint32_t* const next = ends_.data() + noted_;
        note<0, usual_runs>(first, ends, next);
        if (runs > usual_runs) [[unlikely]]
            note<usual_runs, most_runs>(first, ends, next);
        noted_ += runs;
        if (noted_ > most_noted) count_runs(values);
    }

    /// Writes so many ends, whether there are so many or not.
    template <std::size_t begin, std::size_t end>
    static void note(std::size_t first, std::uint64_t& ends, std::uint32_t* next) {
        constexpr std::uint64_t last = std::uint64_t{1} << 63;  // countr_zero of 0 would be a branch
#pragma GCC unroll 12
        for (std::size_t i = begin; i < end; ++i, ends &= ends - 1)
            next[i] = static_cast<std::uint32_t>(first) + static_cast<std::uint32_t>(std::countr_zero(ends | last)) + 1;
    }

    void count_runs(const std::uint8_t* values) {
        std::size_t begun = begun_;
        unsigned met = met_;
        for (std::size_t i = 0; i < noted_; ++i) {
            const std::size_t end = ends_[i];
            const std::uint8_t value = values[begun];
            met |= value;
            counts_[i & 3][value] += static_cast<std::uint32_t>(end - begun);
            begun = end;
        }
        begun_ = begun;
        met_ = met;
        noted_ = 0;
    }

    void count_run(std::size_t turn, std::uint8_t value, std::size_t cells) {
        met_ |= value;
        counts_[turn & 3][value] += static_cast<std::uint32_t>(cells);
    }

    void count_cells(const std::uint8_t* values, std::size_t first, std::size_t end) {
        for (; first + 8 <= end; first += 8)
            add_word(word_at(values + first));
        for (; first < end; ++first)
            count_run(first, values[first], 1);
    }

    /// std::popcount, which is a call where the processor's own instruction may not be used.
    static std::uint64_t bits_in(std::uint64_t word) {
        word -= (word >> 1) & 0x5555555555555555U;
        word = (word & 0x3333333333333333U) + ((word >> 2) & 0x3333333333333333U);
        return (((word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fU) * 0x0101010101010101U) >> 56;
    }

    /// Bit i is set where cell i differs from cell i + 1, for 16 cells; reads 17.
    static std::uint64_t ends_of_16(const std::uint8_t* values) {
#if defined(__SSE2__)
        const auto load = [](const std::uint8_t* from) {
            return _mm_loadu_si128(static_cast<const __m128i*>(static_cast<const void*>(from)));
        };
        return static_cast<std::uint64_t>(~_mm_movemask_epi8(_mm_cmpeq_epi8(load(values), load(values + 1))) & 0xffff);
#else
        std::uint64_t ends = 0;
        for (unsigned i = 0; i < 16; ++i)
            ends |= std::uint64_t{values[i] != values[i + 1]} << i;
        return ends;
#endif
    }

    /// The same for 64 cells; reads 65.
    static std::uint64_t ends_of_runs(const std::uint8_t* values) {
        return ends_of_16(values) | ends_of_16(values + 16) << 16 | ends_of_16(values + 32) << 32 |
               ends_of_16(values + 48) << 48;
    }

    /// The same for 17 to 64 cells, the last of which has no bit.
    static std::uint64_t ends_in(const std::uint8_t* values, std::size_t length) {
        std::uint64_t ends = 0;
        for (std::size_t i = 0; i + 16 < length; i += 16)
            ends |= ends_of_16(values + i) << i;
        const std::size_t last = length - 17;
        return ends | ends_of_16(values + last) << last;
    }

    static std::uint64_t word_at(const std::uint8_t* bytes) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes, sizeof word);
        return word;
    }

    void add_word(std::uint64_t word) {
        if (word == std::rotl(word, 8)) {
            count_run(0, static_cast<std::uint8_t>(word & 0xff), 8);
            return;
        }
        for (unsigned i = 0; i < 8; ++i)
            count_run(i, static_cast<std::uint8_t>(word >> (8 * i) & 0xff), 1);
    }

    std::array<std::array<std::uint32_t, 256>, 4> counts_{};
    unsigned met_ = 0;                                              ///< all values met, their bits together
    std::array<std::uint32_t, most_noted + 2 * most_runs> ends_{};  ///< of runs among the cells being added
    std::size_t noted_ = 0;
    std::size_t begun_ = 0;  ///< where the first run that is not yet counted began
};

}  // namespace vereda::raster
