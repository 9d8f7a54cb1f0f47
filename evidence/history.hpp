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
    bool emptied = false;  ///< by a redaction: all zeros
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
    std::vector<Fault> faults;                             ///< ascending by entry
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

/// Reads all lines. Faults of form, order, chain, keys, redactions and merges are collected, the faulty entry named.
/// At most `most_faults` are kept. `progress` advances by bytes.
[[nodiscard]] History read_history(std::string_view entries, geo::Parallelism parallelism, geo::Progress* progress);

inline constexpr std::size_t most_faults = 100;

}  // namespace vereda::evidence
