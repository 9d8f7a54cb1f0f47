/// Counts of byte values along runs of cells.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace vereda::raster {

/// Eight cells are read at once; where all are alike they are one addition. Four tables take turns, so that an addition
/// need not wait for the one before it in the same place. Holds up to 2^32 - 1 cells between two calls of take().
class ByteHistogram {
  public:
    void add(const std::uint8_t* values, std::size_t length) {
        any_ = true;
        std::size_t i = 0;
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
