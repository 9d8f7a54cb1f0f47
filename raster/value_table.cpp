#include "raster/value_table.hpp"

#include <algorithm>
#include <bit>

namespace vereda::raster {

namespace {

/// Finaliser of D. Lea and G. Steele's SplitMix64.
std::size_t hashed(double value) {
    auto x = std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return static_cast<std::size_t>(x ^ (x >> 31));
}

constexpr std::size_t linear_limit = 8;  // short tables are searched without an index

}  // namespace

ValueShare& ValueTable::slot(double value) {
    if (index_.empty()) {
        for (ValueShare& share : shares_) {
            if (share.value == value) return share;
        }
        if (shares_.size() < linear_limit) {
            if (shares_.capacity() == 0) shares_.reserve(linear_limit / 2);
            shares_.push_back({value, 0, 0});
            return shares_.back();
        }
        grow();
    }
    if (shares_.size() * 2 >= index_.size()) grow();
    const std::size_t last = index_.size() - 1;
    for (std::size_t i = hashed(value) & last;; i = (i + 1) & last) {
        if (index_[i] == 0) {
            shares_.push_back({value, 0, 0});
            index_[i] = static_cast<std::uint32_t>(shares_.size());
            return shares_.back();
        }
        if (shares_[index_[i] - 1].value == value) return shares_[index_[i] - 1];
    }
}

void ValueTable::grow() {
    index_.assign(std::max<std::size_t>(4 * linear_limit, index_.size() * 2), 0);
    const std::size_t last = index_.size() - 1;
    for (std::size_t s = 0; s < shares_.size(); ++s) {
        std::size_t i = hashed(shares_[s].value) & last;
        while (index_[i] != 0)
            i = (i + 1) & last;
        index_[i] = static_cast<std::uint32_t>(s + 1);
    }
}

void ValueTable::clear() {
    shares_.clear();
    std::ranges::fill(index_, 0U);
}

std::vector<ValueShare> ValueTable::sorted() const {
    std::vector<ValueShare> result = shares_;
    std::ranges::sort(result, {}, &ValueShare::value);
    return result;
}

std::optional<double> mode(std::span<const ValueShare> shares) {
    const ValueShare* best = nullptr;
    for (const ValueShare& share : shares) {
        if (best == nullptr || share.cover >= best->cover) best = &share;
    }
    if (best == nullptr) return std::nullopt;
    return best->value;
}

std::optional<double> minority(std::span<const ValueShare> shares) {
    const ValueShare* best = nullptr;
    for (const ValueShare& share : shares) {
        if (best == nullptr || share.cover < best->cover) best = &share;
    }
    if (best == nullptr) return std::nullopt;
    return best->value;
}

std::optional<double> quantile(std::span<const ValueShare> shares, double q) {
    if (shares.empty()) return std::nullopt;
    double total = 0;
    for (const ValueShare& share : shares)
        total += share.cover;
    const auto intervals = static_cast<double>(shares.size() - 1);
    const double wanted = q * total * intervals;
    double before = 0;  // sum of the weights of smaller values
    double left = 0;    // plotting position of the value before
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const double position = i == 0 ? 0 : static_cast<double>(i) * shares[i].cover + intervals * before;
        if (position > wanted) {
            if (i == 0) return shares[0].value;
            const double low = shares[i - 1].value;
            return low + (wanted - left) * (shares[i].value - low) / (position - left);
        }
        left = position;
        before += shares[i].cover;
    }
    return shares.back().value;
}

}  // namespace vereda::raster
