#include "raster/pair_table.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

namespace vereda::raster {

namespace {

/// Finaliser of D. Lea and G. Steele's SplitMix64 over both values.
std::size_t hashed(double a, double b) {
    auto x = std::bit_cast<std::uint64_t>(a == 0 ? 0.0 : a) * 0x9e3779b97f4a7c15ULL +
             std::bit_cast<std::uint64_t>(b == 0 ? 0.0 : b);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return static_cast<std::size_t>(x ^ (x >> 31));
}

constexpr std::size_t smallest_index = 64;

}  // namespace

PairShare& PairTable::slot(double a, double b) {
    if (shares_.size() * 2 >= index_.size()) grow();
    const std::size_t last = index_.size() - 1;
    for (std::size_t i = hashed(a, b) & last;; i = (i + 1) & last) {
        if (index_[i] == 0) {
            shares_.push_back({a, b, 0});
            index_[i] = static_cast<std::uint32_t>(shares_.size());
            return shares_.back();
        }
        PairShare& share = shares_[index_[i] - 1];
        if (share.a == a && share.b == b) return share;
    }
}

void PairTable::grow() {
    index_.assign(std::max(smallest_index, index_.size() * 2), 0);
    const std::size_t last = index_.size() - 1;
    for (std::size_t s = 0; s < shares_.size(); ++s) {
        std::size_t i = hashed(shares_[s].a, shares_[s].b) & last;
        while (index_[i] != 0)
            i = (i + 1) & last;
        index_[i] = static_cast<std::uint32_t>(s + 1);
    }
}

void PairTable::clear() {
    shares_.clear();
    std::ranges::fill(index_, 0U);
}

std::vector<PairShare> PairTable::sorted() const {
    std::vector<PairShare> result = shares_;
    std::ranges::sort(result, {}, [](const PairShare& s) { return std::tuple(s.a, s.b); });
    return result;
}

}  // namespace vereda::raster
