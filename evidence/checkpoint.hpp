/// A short text that whoever keeps it can later hold against a ledger: an older copy and a second history are found.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/head.hpp"

namespace vereda::evidence {

/// First digits of an entry's leaf hash. As each line names the one before it, an entry that still has its mark has all
/// entries before it too: marks tell where a second history begins.
struct EntryMark {
    std::uint64_t entry = 0;
    std::string digits;
};

struct Checkpoint {
    std::string ledger;  ///< first 16 hexadecimal digits of its name
    std::uint64_t size = 0;
    Digest root{};
    std::vector<EntryMark> marks = {};  ///< ascending by entry, all below size; none where only the line was kept
};

[[nodiscard]] Checkpoint checkpoint_of(const Head& head);
/// The line "VEREDA1 LEDGER SIZE ROOT": 16 hexadecimal digits, a number, 64 hexadecimal digits. Without marks.
[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);
/// Leaf hashes of the lines of entries.log, whole or not.
[[nodiscard]] std::vector<Digest> leaves_of(std::string_view entries);
/// The line, and marks of the entries 1, 2, 4, 8, … before the last one behind it: 160 characters at most, for an SMS.
[[nodiscard]] std::string short_text(const Checkpoint& checkpoint, std::span<const Digest> leaves);
/// The line, and marks of the last 512 entries and of up to 512 older ones at equal distances, for a file.
[[nodiscard]] std::string long_text(const Checkpoint& checkpoint, std::span<const Digest> leaves);
/// A mark for each entry of a copy that was kept whole.
[[nodiscard]] Checkpoint checkpoint_of_copy(const Head& head, std::span<const Digest> leaves);

/// Finds that line in a text, surrounded by anything, and the marks right behind it; letters' case and line breaks
/// inside the root do not matter. nullopt where there is none.
[[nodiscard]] std::optional<Checkpoint> find_checkpoint(std::string_view text);

/// Entries at one of which a ledger with another root begins to differ from the one that the checkpoint was taken of.
struct Parting {
    std::uint64_t first = 0;  ///< the entry itself where `last` is the same
    std::uint64_t last = 0;
};
/// `agreed` entries are known to be the same. Of fewer leaves than the checkpoint's size, `last` is below their number
/// only where a mark shows that they differ.
[[nodiscard]] Parting parting(const Checkpoint& checkpoint, std::span<const Digest> leaves, std::uint64_t agreed);

}  // namespace vereda::evidence
