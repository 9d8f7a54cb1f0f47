/// The Merkle tree over a ledger's entries, as RFC 6962 §2.1 defines it: of n leaves the left subtree holds the largest
/// power of two below n.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "evidence/digest.hpp"
#include "geo/parallel.hpp"

namespace vereda::evidence {

/// The roots of the perfect subtrees of a growing tree, largest first: one for each bit of its size that is set. What
/// it takes to add a leaf, and to know the root, without the leaves.
class Frontier {
  public:
    Frontier() = default;
    /// Throws geo::Error(integrity, "ledger.head_unreadable") where the number of peaks does not fit the size.
    Frontier(std::uint64_t size, std::vector<Digest> peaks);

    void add(const Digest& leaf);
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] const std::vector<Digest>& peaks() const { return peaks_; }
    /// Of an empty tree: SHA-256 of nothing.
    [[nodiscard]] Digest root() const;

  private:
    std::uint64_t size_ = 0;
    std::vector<Digest> peaks_;
};

[[nodiscard]] Frontier frontier_of(std::span<const Digest> leaves, geo::Parallelism parallelism);

/// The sibling hashes from the leaf at `index` up to the root (RFC 6962 §2.1.1).
[[nodiscard]] std::vector<Digest> inclusion_path(std::span<const Digest> leaves, std::uint64_t index);
/// The root that the leaf at `index` of `size` leaves and its path lead to; nullopt where the path has another length.
[[nodiscard]] std::optional<Digest> root_by_path(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                                                 std::span<const Digest> path);

}  // namespace vereda::evidence
