/// A monotone queue of numbers in buckets of equal width, for shortest paths (R. B. Dial, CACM 12, 632-633, 1969,
/// doi:10.1145/363269.363610).
///
/// Buckets lie in a ring that moves on; what lies beyond it waits in one list. Entries are never removed: one whose key
/// has fallen since is told by its key and skipped. Memory is in chunks that are used again, so it follows the number
/// of waiting entries.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace vereda::raster {

class BucketQueue {
  public:
    using Bucket = std::int64_t;

    explicit BucketQueue(double bucket_width) : per_unit_(1 / bucket_width), heads_(ring, none) {}

    /// The bucket of a key; monotone. Keys beyond all reason, infinity too, share the last one.
    [[nodiscard]] Bucket bucket_of(double key) const {
        return static_cast<Bucket>(std::min(key * per_unit_, last_bucket));
    }
    [[nodiscard]] Bucket current() const { return current_; }

    /// An entry that is new, or whose key fell from `old_key`. The key must not lie before the current bucket.
    void push(std::uint32_t entry, double key, double old_key) {
        const Bucket bucket = bucket_of(key);
        if (bucket >= end_) {
            if (old_key == std::numeric_limits<double>::infinity()) far_.push_back(entry);
            return;
        }
        if (bucket != current_ && bucket_of(old_key) == bucket) return;
        append(bucket, entry);
    }

    /// Moves what waits in the first bucket that is not empty into `batch` and makes it the current one; entries may be
    /// stale, and further ones may then be pushed into the same bucket. False when nothing waits. `key_of` tells the
    /// present key of an entry.
    template <class KeyOf>
    bool next(std::vector<std::uint32_t>& batch, const KeyOf& key_of) {
        batch.clear();
        for (;;) {
            for (; current_ < end_; ++current_) {
                std::uint32_t& head = heads_[slot(current_)];
                if (head == none) continue;
                take(head, batch);
                return true;
            }
            if (!advance_ring(key_of)) return false;
        }
    }

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::size_t ring = 4096;
    static constexpr double last_bucket = 4e15;

    struct Chunk {
        std::uint32_t next = none;
        std::uint32_t size = 0;
        std::array<std::uint32_t, 62> entries;
    };

    [[nodiscard]] static std::size_t slot(Bucket bucket) { return static_cast<std::size_t>(bucket) % ring; }

    void append(Bucket bucket, std::uint32_t entry) {
        std::uint32_t& head = heads_[slot(bucket)];
        if (head == none || chunks_[head].size == chunks_[head].entries.size()) {
            std::uint32_t fresh = free_;
            if (fresh == none) {
                fresh = static_cast<std::uint32_t>(chunks_.size());
                chunks_.emplace_back();
            } else {
                free_ = chunks_[fresh].next;
            }
            chunks_[fresh].next = head;
            chunks_[fresh].size = 0;
            head = fresh;
        }
        Chunk& chunk = chunks_[head];
        chunk.entries[chunk.size++] = entry;
    }

    void take(std::uint32_t& head, std::vector<std::uint32_t>& batch) {
        while (head != none) {
            Chunk& chunk = chunks_[head];
            batch.insert(batch.end(), chunk.entries.begin(), chunk.entries.begin() + chunk.size);
            const std::uint32_t emptied = head;
            head = chunk.next;
            chunk.next = free_;
            free_ = emptied;
        }
    }

    /// Begins the ring at the first bucket that waits beyond it.
    template <class KeyOf>
    bool advance_ring(const KeyOf& key_of) {
        Bucket first = std::numeric_limits<Bucket>::max();
        for (const std::uint32_t entry : far_) {
            const Bucket bucket = bucket_of(key_of(entry));
            if (bucket >= end_) first = std::min(first, bucket);
        }
        if (first == std::numeric_limits<Bucket>::max()) {
            far_.clear();
            return false;
        }
        const Bucket old_end = end_;
        current_ = first;
        end_ = first + static_cast<Bucket>(ring);
        std::erase_if(far_, [&](std::uint32_t entry) {
            const Bucket bucket = bucket_of(key_of(entry));
            if (bucket >= end_) return false;
            if (bucket >= old_end) append(bucket, entry);
            return true;
        });
        return true;
    }

    double per_unit_;
    Bucket current_ = 0;
    Bucket end_ = static_cast<Bucket>(ring);
    std::vector<std::uint32_t> heads_;
    std::vector<Chunk> chunks_;
    std::uint32_t free_ = none;
    std::vector<std::uint32_t> far_;
};

}  // namespace vereda::raster
