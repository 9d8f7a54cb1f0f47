/// Fields of an entry, committed to one by one and encrypted together.
///
/// A commitment is SHA-256("vereda field 1" ‖ 0x00 ‖ salt ‖ length of name ‖ name ‖ length of value ‖ value), lengths
/// as 4 bytes, low byte first. The salt is 32 random bytes: whoever knows the commitment alone cannot test guesses of a
/// short value, and once the salt is gone nobody can.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/digest.hpp"

namespace vereda::evidence {

using Salt = std::array<std::uint8_t, 32>;

struct Field {
    std::string name;   ///< "date", "place", "note", …
    std::string value;  ///< UTF-8
    Salt salt{};
};

/// One field with a fresh salt.
[[nodiscard]] Field field(std::string name, std::string value);
/// What a commitment is the SHA-256 of: shown to others, it reveals the field.
[[nodiscard]] std::string committed_bytes(const Field& field);
[[nodiscard]] Digest commitment(const Field& field);

/// nullopt where a field was redacted.
using Fields = std::vector<std::optional<Field>>;

[[nodiscard]] std::vector<Digest> commitments(const Fields& fields);
[[nodiscard]] const Field* find(const Fields& fields, std::string_view name);

/// Overwrites a secret, for good.
void wipe(std::string& secret);

/// 32 secret bytes, wiped when destroyed.
class SecretKey {
  public:
    SecretKey();
    SecretKey(const SecretKey&) = delete;
    SecretKey& operator=(const SecretKey&) = delete;
    SecretKey(SecretKey&& other) noexcept;
    SecretKey& operator=(SecretKey&& other) noexcept;
    ~SecretKey();
    [[nodiscard]] static SecretKey random();
    [[nodiscard]] std::uint8_t* data() { return bytes_.data(); }
    [[nodiscard]] const std::uint8_t* data() const { return bytes_.data(); }
    static constexpr std::size_t size = 32;

  private:
    std::array<std::uint8_t, size> bytes_{};
};

/// Encrypted: 24 bytes of nonce, then XChaCha20-Poly1305 (IETF) over the fields padded to a multiple of 256 bytes, so
/// that its length tells little. `ledger` is authenticated with it.
[[nodiscard]] std::string seal_fields(const Fields& fields, const SecretKey& key, const Digest& ledger);
/// Throws geo::Error(integrity, "ledger.not_opened") where the bytes, the key or the ledger are not the ones sealed.
[[nodiscard]] Fields open_fields(std::string_view sealed, const SecretKey& key, const Digest& ledger);

/// A file's bytes, encrypted in the same way, unpadded.
[[nodiscard]] std::string seal_bytes(std::string_view bytes, const SecretKey& key, const Digest& ledger);
[[nodiscard]] std::string open_bytes(std::string_view sealed, const SecretKey& key, const Digest& ledger);

}  // namespace vereda::evidence
