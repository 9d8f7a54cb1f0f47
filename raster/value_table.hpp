/// How much of a zone each distinct value covers, in cells and in square metres. Exact; memory is proportional to the
/// number of distinct values (32 bytes each, doubled while the table grows).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace vereda::raster {

struct ValueShare {
    double value = 0;
    double cover = 0;  ///< sum of coverage fractions
    double area = 0;   ///< square metres; 0 where areas were not asked for
    friend constexpr bool operator==(const ValueShare&, const ValueShare&) = default;
};

/// Values are finite; −0 and 0 are one value.
class ValueTable {
  public:
    void add(double value, double cover) { add(ValueShare{value, cover, 0}); }
    void add(const ValueShare& share) {
        ValueShare& found = slot(share.value);
        found.cover += share.cover;
        found.area += share.area;
    }
    void merge(const ValueTable& other) { merge(other.shares_); }
    void merge(ValueTable&& other) {
        if (empty()) {
            std::swap(*this, other);
        } else {
            merge(other.shares_);
        }
    }
    void merge(std::span<const ValueShare> shares) {
        for (const ValueShare& share : shares)
            add(share);
    }

    [[nodiscard]] bool empty() const { return shares_.empty(); }
    [[nodiscard]] std::size_t size() const { return shares_.size(); }
    /// Memory held beside the object itself, in bytes.
    [[nodiscard]] std::size_t bytes() const {
        return shares_.capacity() * sizeof(ValueShare) + index_.capacity() * sizeof(std::uint32_t);
    }
    /// Forgets the values, keeps the memory.
    void clear();
    /// In the order in which values came.
    [[nodiscard]] const std::vector<ValueShare>& shares() const { return shares_; }
    /// Ascending by value.
    [[nodiscard]] std::vector<ValueShare> sorted() const;

  private:
    ValueShare& slot(double value);
    void grow();
    std::vector<ValueShare> shares_;
    std::vector<std::uint32_t> index_;  ///< open addressing: position in shares_ plus one, 0 for free
};

/// Value that covers most, the greater one of equals. nullopt for an empty table; shares ascending by value.
[[nodiscard]] std::optional<double> mode(std::span<const ValueShare> shares);
/// Value that covers least, the smaller one of equals.
[[nodiscard]] std::optional<double> minority(std::span<const ValueShare> shares);
/// Weighted quantile as exactextract computes it (linear between the plotting positions
/// s_i = i·w_i + (n − 1)·Σ_{k<i} w_k of the n distinct values). 0 ≤ q ≤ 1; shares ascending by value.
[[nodiscard]] std::optional<double> quantile(std::span<const ValueShare> shares, double q);

}  // namespace vereda::raster
