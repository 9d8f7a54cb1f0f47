#include "evidence/digest.hpp"

#include <sodium.h>

namespace vereda::evidence {

namespace {

constexpr std::uint8_t leaf_domain = 0;
constexpr std::uint8_t node_domain = 1;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

int value_of(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return -1;
}

}  // namespace

Digest sha256(std::string_view bytes) {
    Digest digest;
    crypto_hash_sha256(digest.data(), bytes_of(bytes), bytes.size());
    return digest;
}

Digest leaf_hash(std::string_view line) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, &leaf_domain, 1);
    crypto_hash_sha256_update(&state, bytes_of(line), line.size());
    Digest digest;
    crypto_hash_sha256_final(&state, digest.data());
    return digest;
}

Digest node_hash(const Digest& left, const Digest& right) {
    std::array<std::uint8_t, 65> joined;
    joined[0] = node_domain;
    std::copy(left.begin(), left.end(), joined.begin() + 1);
    std::copy(right.begin(), right.end(), joined.begin() + 33);
    Digest digest;
    crypto_hash_sha256(digest.data(), joined.data(), joined.size());
    return digest;
}

std::string hex(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

bool from_hex(std::string_view text, std::span<std::uint8_t> bytes) {
    if (text.size() != 2 * bytes.size()) return false;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const int high = value_of(text[2 * i]);
        const int low = value_of(text[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return true;
}

std::optional<Digest> digest_from_hex(std::string_view text) {
    Digest digest;
    if (!from_hex(text, digest)) return std::nullopt;
    return digest;
}

}  // namespace vereda::evidence
