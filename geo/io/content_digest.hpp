/// Tells whether what is read back is what was written.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace vereda::geo::io {

/// Sixty-four bits that change with every bit and with the order of what is put in (FNV-1a by words, G. Fowler, L. Noll
/// & K.-P. Vo, with the finaliser of D. Stafford's "Mix13" for each word).
class ContentDigest {
  public:
    explicit ContentDigest(std::uint64_t start = 0) : value_(start) {}
    void add(std::uint64_t word) {
        word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9U;
        word = (word ^ (word >> 27)) * 0x94d049bb133111ebU;
        value_ = (value_ ^ word ^ (word >> 31)) * 0x100000001b3U;
        value_ ^= value_ >> 29;
    }
    void add(double number) { add(std::bit_cast<std::uint64_t>(number)); }
    /// Size and bytes, eight at a time.
    void add(std::string_view bytes) {
        add(bytes.size());
        std::uint64_t word = 0;
        for (; bytes.size() >= sizeof word; bytes.remove_prefix(sizeof word)) {
            std::memcpy(&word, bytes.data(), sizeof word);
            add(word);
        }
        word = 0;
        if (!bytes.empty()) std::memcpy(&word, bytes.data(), bytes.size());
        add(word);
    }
    [[nodiscard]] std::uint64_t value() const { return value_; }

  private:
    std::uint64_t value_;
};

}  // namespace vereda::geo::io
