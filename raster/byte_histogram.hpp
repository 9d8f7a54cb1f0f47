/// Counts of byte values along runs of cells.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace vereda::raster {

/// A run of cells that are alike is one addition; where runs are short, cells are read eight at a time. Four tables
/// take turns, so that an addition need not wait for the one before it in the same place. Holds up to 2^32 - 1 cells
/// between two calls of take().
class ByteHistogram {
  public:
    void add(const std::uint8_t* values, std::size_t length) {
        any_ = true;
        std::size_t i = 0;
        std::size_t begun = 0;  // where the run that reaches i began
        for (; i + 64 < length; i += 64) {
            std::uint64_t ends = ends_of_runs(values + i);
            if (ends == 0) continue;
            if (bits_in(ends) > most_runs) {
                if (begun < i) counts_[0][values[i - 1]] += static_cast<std::uint32_t>(i - begun);
                for (std::size_t k = i; k < i + 64; k += 8)
                    add_word(word_at(values + k));
                begun = i + 64;
                continue;
            }
            for (; ends != 0; ends &= ends - 1) {
                const std::size_t end = i + static_cast<std::size_t>(std::countr_zero(ends)) + 1;
                counts_[end & 3][values[end - 1]] += static_cast<std::uint32_t>(end - begun);
                begun = end;
            }
        }
        if (begun < i) counts_[0][values[i - 1]] += static_cast<std::uint32_t>(i - begun);
        for (; i + 8 <= length; i += 8)
            add_word(word_at(values + i));
        for (; i < length; ++i)
            ++counts_[0][values[i]];
    }

    /// Cells whose mask is 1; masks are 0 or 1.
    void add(const std::uint8_t* values, const std::uint8_t* mask, std::size_t length) {
        constexpr std::uint64_t all = 0x0101010101010101U;
        any_ = true;
        std::size_t i = 0;
        for (; i + 8 <= length; i += 8) {
            const std::uint64_t held = word_at(mask + i);
            if (held == all) {
                add_word(word_at(values + i));
            } else if (held != 0) {
                for (std::size_t k = i; k < i + 8; ++k)
                    counts_[k & 3][values[k]] += mask[k];
            }
        }
        for (; i < length; ++i)
            counts_[0][values[i]] += mask[i];
    }

    /// Calls visit(value, count) for every value met, ascending, and forgets them.
    template <class Visit>
    void take(Visit&& visit) {
        if (!any_) return;
        for (std::size_t value = 0; value < 256; ++value) {
            const std::uint64_t count =
                std::uint64_t{counts_[0][value]} + counts_[1][value] + counts_[2][value] + counts_[3][value];
            if (count > 0) visit(static_cast<std::uint8_t>(value), count);
        }
        counts_ = {};
        any_ = false;
    }

  private:
    static constexpr std::uint64_t most_runs = 20;  ///< of 64 cells; where there are more, cells count one by one

    /// std::popcount, which is a call where the processor's own instruction may not be used.
    static std::uint64_t bits_in(std::uint64_t word) {
        word -= (word >> 1) & 0x5555555555555555U;
        word = (word & 0x3333333333333333U) + ((word >> 2) & 0x3333333333333333U);
        return (((word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fU) * 0x0101010101010101U) >> 56;
    }

    /// Bit i is set where cell i differs from cell i + 1, for 64 cells; reads 65.
    static std::uint64_t ends_of_runs(const std::uint8_t* values) {
        std::uint64_t ends = 0;
#if defined(__SSE2__)
        const auto load = [](const std::uint8_t* from) {
            return _mm_loadu_si128(static_cast<const __m128i*>(static_cast<const void*>(from)));
        };
        for (unsigned i = 0; i < 64; i += 16) {
            const __m128i alike = _mm_cmpeq_epi8(load(values + i), load(values + i + 1));
            ends |= static_cast<std::uint64_t>(~_mm_movemask_epi8(alike) & 0xffff) << i;
        }
#else
        for (unsigned i = 0; i < 64; ++i)
            ends |= std::uint64_t{values[i] != values[i + 1]} << i;
#endif
        return ends;
    }

    static std::uint64_t word_at(const std::uint8_t* bytes) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes, sizeof word);
        return word;
    }

    void add_word(std::uint64_t word) {
        if (word == std::rotl(word, 8)) {
            counts_[0][word & 0xff] += 8;
            return;
        }
        ++counts_[0][word & 0xff];
        ++counts_[1][(word >> 8) & 0xff];
        ++counts_[2][(word >> 16) & 0xff];
        ++counts_[3][(word >> 24) & 0xff];
        ++counts_[0][(word >> 32) & 0xff];
        ++counts_[1][(word >> 40) & 0xff];
        ++counts_[2][(word >> 48) & 0xff];
        ++counts_[3][word >> 56];
    }

    std::array<std::array<std::uint32_t, 256>, 4> counts_{};
    bool any_ = false;
};

}  // namespace vereda::raster
