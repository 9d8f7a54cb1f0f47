/// SHA-256 digests of ledger entries, and the tree that binds them (RFC 6962 §2.1: leaves and nodes hash in separate
/// domains, so that neither can pass for the other).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vereda::evidence {

using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(std::string_view bytes);
/// SHA-256(0x00 ‖ line).
[[nodiscard]] Digest leaf_hash(std::string_view line);
/// SHA-256(0x01 ‖ left ‖ right).
[[nodiscard]] Digest node_hash(const Digest& left, const Digest& right);

/// Lower-case hexadecimal.
[[nodiscard]] std::string hex(std::span<const std::uint8_t> bytes);
/// False unless the text is exactly that many bytes in lower-case hexadecimal.
[[nodiscard]] bool from_hex(std::string_view text, std::span<std::uint8_t> bytes);
[[nodiscard]] std::optional<Digest> digest_from_hex(std::string_view text);

}  // namespace vereda::evidence
