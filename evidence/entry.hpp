/// One entry of a ledger: a line of text with one way to write it.
///
///   SEQUENCE KIND TIME PREVIOUS …
///
/// SEQUENCE counts from 0 without leading zeros, TIME is the device's clock as YYYY-MM-DDTHH:MM:SSZ, PREVIOUS the leaf
/// hash of the line before (64 zeros for the first). Parts are separated by one space, lists by commas, an empty list
/// is
/// "-". docs/ledger-format.md says the same byte for byte.
///
///   genesis   G PUBLIC_KEY BLOB COMMITMENTS
///   sealed    E BLOB COMMITMENTS OBJECTS
///   redaction R TARGET REPLACES FIELDS OBJECTS_REMOVED KEPT_BLOB BLOB COMMITMENTS
///   key       K add|revoke PUBLIC_KEY BY_KEY SIGNATURE
///   merge     M HEAD (of the other ledger, its line feeds written as semicolons)
///   foreign   F LINE (an entry of the ledger that the merge entry before names, as it stands there)
///
/// BLOB and OBJECT are LENGTH:SHA256 of encrypted bytes. Numbers have at most 19 digits, positions of fields at most 9.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/digest.hpp"

namespace vereda::evidence {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

enum class EntryKind : char {
    genesis = 'G',
    sealed = 'E',
    redaction = 'R',
    key = 'K',
    merge = 'M',
    foreign = 'F',
};

/// Encrypted bytes: how many, and their SHA-256.
struct SealedBytes {
    std::uint64_t length = 0;
    Digest hash{};
    friend bool operator==(const SealedBytes&, const SealedBytes&) = default;
};

struct KeySignature {
    PublicKey key{};
    Signature signature{};
    friend bool operator==(const KeySignature&, const KeySignature&) = default;
};

struct Entry {
    std::uint64_t sequence = 0;
    EntryKind kind = EntryKind::sealed;
    std::string time;
    Digest previous{};

    std::optional<SealedBytes> blob;     ///< genesis, sealed, redaction: the entry's own fields, encrypted
    std::vector<Digest> commitments;     ///< to those fields, in their order
    std::vector<SealedBytes> objects;    ///< sealed: files sealed with it; redaction: files removed
    PublicKey key{};                     ///< genesis: the first key; key: the one added or revoked
    bool revokes = false;                ///< key
    KeySignature authority;              ///< key: by a key in force
    Digest target{};                     ///< redaction: leaf hash of the entry whose fields are removed
    Digest replaces{};                   ///< redaction: leaf hash of the entry that held them so far
    std::vector<std::uint32_t> removed;  ///< redaction: positions of the fields removed, ascending
    std::optional<SealedBytes> kept;     ///< redaction: the target's other fields, encrypted anew
    std::string merged_head;             ///< merge: text of the other ledger's head
    std::string foreign_line;            ///< foreign
};

/// The line, without its line feed.
[[nodiscard]] std::string line_of(const Entry& entry);
/// nullopt for anything that line_of() would not write just so.
[[nodiscard]] std::optional<Entry> parse_entry(std::string_view line);

/// What the signature of a key entry signs.
[[nodiscard]] std::string key_statement(const Digest& ledger, const Entry& entry);

}  // namespace vereda::evidence
