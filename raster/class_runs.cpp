#include "raster/class_runs.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace vereda::raster {

ClassSet::ClassSet(std::vector<double> values, bool merged) : values_(std::move(values)), merged_(merged) {
    std::ranges::sort(values_);
    values_.erase(std::ranges::unique(values_).begin(), values_.end());
}

int ClassSet::index_of(double value) const {
    const auto found = std::ranges::lower_bound(values_, value);
    if (found == values_.end() || *found != value) return -1;
    return merged_ ? 0 : static_cast<int>(found - values_.begin());
}

namespace {

/// First position after `i` whose cell differs from cell `i` bit for bit, at most n. Eight bytes at a time.
template <class T>
int next_change(const T* cells, int i, int n) {
    constexpr int per_word = static_cast<int>(sizeof(std::uint64_t) / sizeof(T));
    std::array<T, static_cast<std::size_t>(per_word)> repeated;
    repeated.fill(cells[i]);
    const auto pattern = std::bit_cast<std::uint64_t>(repeated);
    const auto different = [&](int at) {
        std::uint64_t word = 0;
        std::memcpy(&word, cells + at, sizeof(word));
        return word ^ pattern;
    };
    const auto place = [&](int at, std::uint64_t bits) {
        const int bit = std::endian::native == std::endian::little ? std::countr_zero(bits) : std::countl_zero(bits);
        return at + bit / static_cast<int>(8 * sizeof(T));
    };
    int at = i + 1;
    for (; at + 2 * per_word <= n; at += 2 * per_word) {
        const std::uint64_t first = different(at);
        const std::uint64_t second = different(at + per_word);
        if ((first | second) == 0) continue;
        return first != 0 ? place(at, first) : place(at + per_word, second);
    }
    for (; at + per_word <= n; at += per_word) {
        if (const std::uint64_t bits = different(at); bits != 0) return place(at, bits);
    }
    while (at < n && std::memcmp(cells + at, cells + i, sizeof(T)) == 0)
        ++at;
    return at;
}

/// Appends to a row, joined to the run before where they touch.
class RowWriter {
  public:
    RowWriter(std::vector<ClassRun>& runs, int shift) : runs_(runs), first_(runs.size()), shift_(shift) {}
    void add(int begin, int end, int cls) {
        if (runs_.size() > first_ && runs_.back().col_end == begin + shift_ && runs_.back().cls == cls) {
            runs_.back().col_end = end + shift_;
        } else {
            runs_.push_back({begin + shift_, end + shift_, cls});
        }
    }
    /// Only the cells whose mask is not 0.
    void add_masked(int begin, int end, int cls, const std::uint8_t* mask) {
        while (begin < end) {
            const int change = next_change(mask, begin, end);
            if (mask[begin] != 0) add(begin, change, cls);
            begin = change;
        }
    }

  private:
    std::vector<ClassRun>& runs_;
    std::size_t first_;
    int shift_;
};

}  // namespace

ClassScanner::ClassScanner(const ClassSet& classes) : classes_(&classes) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
        of_unsigned_byte_[byte] = static_cast<std::int16_t>(classes.index_of(static_cast<double>(byte)));
        of_signed_byte_[byte] = static_cast<std::int16_t>(
            classes.index_of(static_cast<double>(static_cast<std::int8_t>(static_cast<std::uint8_t>(byte)))));
    }
}

template <class T>
void ClassScanner::scan_rows(const Block& block, RowRuns& out) {
    const Window& window = block.window();
    const T* cells = block.values<T>().data();
    const std::uint8_t* mask = block.validity == Validity::by_mask ? block.mask().data() : nullptr;
    const auto class_of = [&](T value) -> int {
        if constexpr (std::is_same_v<T, std::uint8_t>) return of_unsigned_byte_[value];
        if constexpr (std::is_same_v<T, std::int8_t>) return of_signed_byte_[static_cast<std::uint8_t>(value)];
        return classes_->index_of(static_cast<double>(value));
    };
    for (int row = 0; row < window.height; ++row, cells += window.width) {
        RowWriter writer(out.runs, window.col);
        for (int begin = 0; begin < window.width;) {
            const int end = next_change(cells, begin, window.width);
            const int cls = class_of(cells[begin]);
            if (cls >= 0) {
                if (mask == nullptr) {
                    writer.add(begin, end, cls);
                } else {
                    writer.add_masked(begin, end, cls, mask);
                }
            }
            begin = end;
        }
        if (mask != nullptr) mask += window.width;
        out.row_begin.push_back(static_cast<std::uint32_t>(out.runs.size()));
    }
}

void ClassScanner::scan(const Block& block, RowRuns& out) {
    out.runs.clear();
    out.row_begin.assign(1, 0);
    if (block.validity == Validity::none) {
        out.row_begin.resize(static_cast<std::size_t>(block.window().height) + 1, 0);
        return;
    }
    with_cell_type(block.type(), [&](auto tag) { scan_rows<typename decltype(tag)::type>(block, out); });
}

}  // namespace vereda::raster
