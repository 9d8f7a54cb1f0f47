/// A file for those who hold a council passphrase: a document encrypted under the ledger's payload key, with the key
/// files that open it. Whoever finds it has what a seized ledger gives, not more (docs/ledger-format.md).
///
///   vereda-package 1
///   ledger NAME
///   keys NUMBER
///   key LENGTH       (its text follows; as often as NUMBER)
///   sealed LENGTH    (that many bytes follow, and nothing after them)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/digest.hpp"

namespace vereda::evidence {

struct SealedPackage {
    Digest ledger{};
    std::vector<std::string> keys;  ///< texts of key files, encrypted under their passphrases
    std::string sealed;             ///< seal_bytes() of the document
};

[[nodiscard]] std::string package_text(const SealedPackage& package);
/// nullopt for anything that package_text() would not write just so.
[[nodiscard]] std::optional<SealedPackage> parse_package(std::string_view text);

/// The document. Throws geo::Error(integrity, "ledger.wrong_passphrase"), "ledger.not_opened".
[[nodiscard]] std::string opened_package(const SealedPackage& package, std::string_view passphrase);

}  // namespace vereda::evidence
