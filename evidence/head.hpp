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

}  // namespace vereda::evidence
