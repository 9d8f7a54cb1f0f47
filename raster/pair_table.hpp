/// Ground area by pair of values of two rasters: the accumulator behind crosstab.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vereda::raster {

struct PairShare {
    double a = 0;
    double b = 0;
    double area = 0;  ///< square metres
    friend constexpr bool operator==(const PairShare&, const PairShare&) = default;
};

class PairTable {
  public:
    void add(const PairShare& share) { slot(share.a, share.b).area += share.area; }
    void merge(const PairTable& other) { merge(other.shares_); }
    void merge(std::span<const PairShare> shares) {
        for (const PairShare& share : shares)
            add(share);
    }
    [[nodiscard]] bool empty() const { return shares_.empty(); }
    /// Memory held beside the object itself, in bytes.
    [[nodiscard]] std::size_t bytes() const {
        return shares_.capacity() * sizeof(PairShare) + index_.capacity() * sizeof(std::uint32_t);
    }
    void clear();
    [[nodiscard]] const std::vector<PairShare>& shares() const { return shares_; }
    /// Ascending by a, then b.
    [[nodiscard]] std::vector<PairShare> sorted() const;

  private:
    PairShare& slot(double a, double b);
    void grow();
    std::vector<PairShare> shares_;
    std::vector<std::uint32_t> index_;  ///< open addressing: position in shares_ plus one, 0 for free
};

}  // namespace vereda::raster
