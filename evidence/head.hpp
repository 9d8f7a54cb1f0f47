/// The signed head of a ledger: how many entries there are, and the root that binds them. A text of lines, each
/// "NAME VALUE", that one writer writes in one way; what is signed is every line before the first signature.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/entry.hpp"
#include "evidence/merkle.hpp"

namespace vereda::evidence {

struct Head {
    Digest ledger{};           ///< leaf hash of the genesis entry: the ledger's name
    Frontier tree;             ///< of all entries
    Digest tip{};              ///< leaf hash of the last entry
    std::uint64_t sealed = 0;  ///< bytes of the sealed file
    std::string time;
    std::vector<KeySignature> signatures;  ///< ascending by key, one of each
};

[[nodiscard]] std::string signed_text(const Head& head);
/// signed_text() and the signatures.
[[nodiscard]] std::string head_text(const Head& head);
/// nullopt for anything that head_text() would not write just so.
[[nodiscard]] std::optional<Head> parse_head(std::string_view text);

/// Ed25519 (RFC 8032).
[[nodiscard]] bool signature_holds(const KeySignature& signature, std::string_view text);

/// A short text that whoever keeps it can later hold against the ledger: digits of its name, its size and root.
struct Checkpoint {
    std::string ledger;  ///< first 16 hexadecimal digits
    std::uint64_t size = 0;
    Digest root{};
};

[[nodiscard]] Checkpoint checkpoint_of(const Head& head);
/// "VEREDA1 LEDGER SIZE ROOT": 16 hexadecimal digits, a number, 64 hexadecimal digits; fits an SMS.
[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);
/// Finds that line in a text, surrounded by anything; letters' case and line breaks inside the root do not matter.
/// nullopt where there is none.
[[nodiscard]] std::optional<Checkpoint> find_checkpoint(std::string_view text);

}  // namespace vereda::evidence
