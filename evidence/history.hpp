/// What the lines of a ledger say, taken together: which keys are in force, where each encrypted part lies and which of
/// them a redaction has emptied. Nothing is decrypted.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/entry.hpp"
#include "geo/message.hpp"
#include "geo/parallel.hpp"
#include "geo/progress.hpp"

namespace vereda::evidence {

/// Something that is not as it was written, and where.
struct Fault {
    geo::Message message;
    std::string file;
    std::optional<std::uint64_t> entry;
};

/// A part of the sealed file.
struct SealedPart {
    std::uint64_t entry = 0;
    std::uint64_t offset = 0;
    SealedBytes bytes;
    bool emptied = false;  ///< by a redaction, or because the ledger holds it already: all zeros
};

struct History {
    Digest ledger{};                ///< leaf hash of the first line
    std::vector<Digest> leaves;     ///< of every line
    std::vector<SealedPart> parts;  ///< in the order of the sealed file, without gaps
    std::uint64_t sealed_size = 0;
    std::map<std::string, std::uint64_t> objects;  ///< name of each object that must be there, and its entry
    std::map<std::string, SealedBytes> object_bytes;
    std::map<std::string, std::uint64_t> removed_objects;  ///< name, and the entry that removed it
    std::map<PublicKey, bool> keys;                        ///< every key ever added, and whether it is in force
    /// Foreign entries that this ledger had already: two devices that had both merged a third. They say nothing.
    std::vector<std::uint64_t> repeated;
    bool lines_hold = true;     ///< every line reads, stands in its place and is chained to its neighbours
    std::vector<Fault> faults;  ///< ascending by entry; of what the lines say only where lines_hold
};

/// What the head says of the last line.
struct Tip {
    std::uint64_t size = 0;
    Digest leaf{};
};

/// File name of an object: its hash and ".sealed".
[[nodiscard]] std::string object_name(const SealedBytes& object);

/// Innermost entry of a foreign one, itself for any other; nullopt where a foreign line is no entry. `leaf` is its leaf
/// hash where it was first written.
struct Original {
    Entry entry;
    Digest leaf{};
};
[[nodiscard]] std::optional<Original> original_of(const Entry& entry, const Digest& leaf);

/// Reads all lines. Faults of form, order and chain name the line that was altered, dropped, repeated or swapped:
///
/// - order: the line where the difference between the number it says and its place changes to another one than 0;
/// - chain: a link between two lines in order is broken where the later one does not name the leaf hash of the earlier
///   one, or the head that of the last. A line whose own link was altered breaks two. Of a run of broken links the
///   lines between them are named; of one alone, the line before it.
///
/// Only where the lines hold, faults of keys, redactions and merges are looked for: who wrote them had no right to. At
/// most `most_faults` are kept. `tip` is given where the head can be trusted. `progress` advances by bytes.
[[nodiscard]] History read_history(std::string_view entries, const std::optional<Tip>& tip,
                                   geo::Parallelism parallelism, geo::Progress* progress);
/// … of a ledger without its head.
[[nodiscard]] inline History read_history(std::string_view entries) {
    return read_history(entries, std::nullopt, {}, nullptr);
}

inline constexpr std::size_t most_faults = 100;

}  // namespace vereda::evidence
