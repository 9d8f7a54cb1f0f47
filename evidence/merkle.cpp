#include "evidence/merkle.hpp"

#include <algorithm>
#include <bit>

#include "geo/error.hpp"

namespace vereda::evidence {

using geo::operator""_msg;

namespace {

/// Largest power of two below n, n > 1.
std::uint64_t split_of(std::uint64_t n) {
    return std::bit_floor(n - 1);
}

/// Root of leaves whose number is a power of two, in place of a scratch copy.
Digest perfect_root(std::span<const Digest> leaves) {
    std::vector<Digest> level(leaves.begin(), leaves.end());
    while (level.size() > 1) {
        for (std::size_t i = 0; i < level.size() / 2; ++i)
            level[i] = node_hash(level[2 * i], level[2 * i + 1]);
        level.resize(level.size() / 2);
    }
    return level.front();
}

Digest root_of(std::span<const Digest> leaves) {
    Frontier frontier;
    for (const Digest& leaf : leaves)
        frontier.add(leaf);
    return frontier.root();
}

}  // namespace

Frontier::Frontier(std::uint64_t size, std::vector<Digest> peaks) : size_(size), peaks_(std::move(peaks)) {
    if (peaks_.size() != static_cast<std::size_t>(std::popcount(size)))
        throw geo::Error(geo::ErrorKind::integrity, {"ledger.head_unreadable"_msg, {}});
}

void Frontier::add(const Digest& leaf) {
    peaks_.push_back(leaf);
    ++size_;
    for (std::uint64_t n = size_; n % 2 == 0; n /= 2) {
        const Digest right = peaks_.back();
        peaks_.pop_back();
        peaks_.back() = node_hash(peaks_.back(), right);
    }
}

Digest Frontier::root() const {
    if (peaks_.empty()) return sha256({});
    Digest root = peaks_.back();
    for (std::size_t i = peaks_.size() - 1; i > 0; --i)
        root = node_hash(peaks_[i - 1], root);
    return root;
}

Frontier frontier_of(std::span<const Digest> leaves, geo::Parallelism parallelism) {
    constexpr std::size_t block = 4096;  // a power of two
    std::vector<Digest> roots(leaves.size() / block);
    geo::parallel_for(roots.size(), parallelism,
                      [&](std::size_t i) { roots[i] = perfect_root(leaves.subspan(i * block, block)); });
    Frontier of_blocks;
    for (const Digest& root : roots)
        of_blocks.add(root);
    // Peaks of blocks are the large peaks of the tree; the leaves behind the last block bring the small ones.
    Frontier rest;
    for (const Digest& leaf : leaves.subspan(roots.size() * block))
        rest.add(leaf);
    std::vector<Digest> peaks = of_blocks.peaks();
    peaks.insert(peaks.end(), rest.peaks().begin(), rest.peaks().end());
    return {leaves.size(), std::move(peaks)};
}

std::vector<Digest> inclusion_path(std::span<const Digest> leaves, std::uint64_t index) {
    std::vector<Digest> path;
    while (leaves.size() > 1) {
        const std::uint64_t split = split_of(leaves.size());
        if (index < split) {
            path.push_back(root_of(leaves.subspan(split)));
            leaves = leaves.first(split);
        } else {
            path.push_back(root_of(leaves.first(split)));
            leaves = leaves.subspan(split);
            index -= split;
        }
    }
    std::ranges::reverse(path);
    return path;
}

std::optional<Digest> root_by_path(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                                   std::span<const Digest> path) {
    if (index >= size) return std::nullopt;
    std::vector<bool> on_the_left;  // from the root down: the leaf lies in the left part
    for (std::uint64_t n = size, i = index; n > 1;) {
        const std::uint64_t split = split_of(n);
        on_the_left.push_back(i < split);
        n = i < split ? split : n - split;
        i = i < split ? i : i - split;
    }
    if (on_the_left.size() != path.size()) return std::nullopt;
    Digest root = leaf;
    for (std::size_t k = 0; k < path.size(); ++k) {
        const bool left = on_the_left[path.size() - 1 - k];
        root = left ? node_hash(root, path[k]) : node_hash(path[k], root);
    }
    return root;
}

}  // namespace vereda::evidence
