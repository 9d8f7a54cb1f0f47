/// A council's key: an Ed25519 pair that signs heads, and the key that all payloads of the ledger are encrypted with.
/// On disk both stand encrypted under a passphrase (Argon2id), as a text file.
#pragma once

#include <string>
#include <string_view>

#include "evidence/entry.hpp"
#include "evidence/sealing.hpp"

namespace vereda::evidence {

/// How hard a passphrase is to try: libsodium's limits. `ordinary` takes about a second and 256 MiB.
struct PassphraseCost {
    unsigned long long operations = 3;
    std::size_t memory = std::size_t{256} << 20;
};

class CouncilKey {
  public:
    /// A new pair; `payload` is the ledger's key, a new one where it is the first.
    [[nodiscard]] static CouncilKey create(SecretKey payload);
    /// Throws geo::Error(integrity, "ledger.wrong_passphrase"), geo::Error(integrity, "ledger.key_unreadable").
    [[nodiscard]] static CouncilKey unlocked(std::string_view file, std::string_view passphrase);

    /// The text of its file.
    [[nodiscard]] std::string locked(std::string_view passphrase, const PassphraseCost& cost = {}) const;

    [[nodiscard]] const PublicKey& name() const { return public_; }
    [[nodiscard]] const SecretKey& payload() const { return payload_; }
    [[nodiscard]] KeySignature sign(std::string_view text) const;

  private:
    CouncilKey() = default;
    void derive();

    SecretKey seed_;
    SecretKey payload_;
    PublicKey public_{};
};

}  // namespace vereda::evidence
