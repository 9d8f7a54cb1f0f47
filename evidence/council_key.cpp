#include "evidence/council_key.hpp"

#include <fmt/format.h>
#include <sodium.h>
#include <algorithm>
#include <charconv>
#include <vector>

#include "geo/error.hpp"

namespace vereda::evidence {

using geo::operator""_msg;

namespace {

constexpr std::string_view first_line = "vereda-council-key 1";
constexpr std::size_t salt_size = crypto_pwhash_SALTBYTES;
constexpr std::size_t nonce_size = crypto_secretbox_NONCEBYTES;
constexpr std::size_t secrets_size = 2 * SecretKey::size;
constexpr std::size_t box_size = secrets_size + crypto_secretbox_MACBYTES;
constexpr unsigned long long most_operations = 100;
constexpr std::size_t most_memory = std::size_t{4} << 30;

/// What a key file holds, nothing of it secret without the passphrase.
struct LockedKey {
    PassphraseCost cost;
    std::array<std::uint8_t, salt_size> salt{};
    std::array<std::uint8_t, nonce_size> nonce{};
    std::array<std::uint8_t, box_size> box{};
};

[[noreturn]] void unreadable() {
    throw geo::Error(geo::ErrorKind::integrity, {"ledger.key_unreadable"_msg, {}});
}

std::string_view value_of(std::string_view& text, std::string_view name) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || !text.starts_with(name)) unreadable();
    const std::string_view value = text.substr(name.size(), end - name.size());
    text = text.substr(end + 1);
    return value;
}

template <class Number>
Number number_of(std::string_view text, Number most) {
    Number value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size() || value > most) unreadable();
    return value;
}

LockedKey parse(std::string_view text) {
    LockedKey key;
    if (!value_of(text, first_line).empty()) unreadable();
    key.cost.operations = number_of(value_of(text, "operations "), most_operations);
    key.cost.memory = number_of(value_of(text, "memory "), most_memory);
    const bool good = from_hex(value_of(text, "salt "), key.salt) && from_hex(value_of(text, "nonce "), key.nonce) &&
                      from_hex(value_of(text, "box "), key.box);
    if (!good || !text.empty()) unreadable();
    return key;
}

SecretKey stretched(std::string_view passphrase, const LockedKey& locked) {
    SecretKey key;
    const int fault =
        crypto_pwhash(key.data(), SecretKey::size, passphrase.data(), passphrase.size(), locked.salt.data(),
                      locked.cost.operations, locked.cost.memory, crypto_pwhash_ALG_ARGON2ID13);
    if (fault != 0) throw geo::Error(geo::ErrorKind::resource, {"ledger.passphrase_memory"_msg, {}});
    return key;
}

}  // namespace

CouncilKey CouncilKey::create(SecretKey payload) {
    CouncilKey key;
    key.seed_ = SecretKey::random();
    key.payload_ = std::move(payload);
    key.derive();
    return key;
}

CouncilKey CouncilKey::unlocked(std::string_view file, std::string_view passphrase) {
    const LockedKey locked = parse(file);
    const SecretKey stretch = stretched(passphrase, locked);
    std::array<std::uint8_t, secrets_size> secrets{};
    const int fault = crypto_secretbox_open_easy(secrets.data(), locked.box.data(), locked.box.size(),
                                                 locked.nonce.data(), stretch.data());
    if (fault != 0) throw geo::Error(geo::ErrorKind::integrity, {"ledger.wrong_passphrase"_msg, {}});
    CouncilKey key;
    std::copy_n(secrets.data(), SecretKey::size, key.seed_.data());
    std::copy_n(secrets.data() + SecretKey::size, SecretKey::size, key.payload_.data());
    sodium_memzero(secrets.data(), secrets.size());
    key.derive();
    return key;
}

std::string CouncilKey::locked(std::string_view passphrase, const PassphraseCost& cost) const {
    LockedKey locked;
    locked.cost = cost;
    randombytes_buf(locked.salt.data(), locked.salt.size());
    randombytes_buf(locked.nonce.data(), locked.nonce.size());
    const SecretKey stretch = stretched(passphrase, locked);
    std::array<std::uint8_t, secrets_size> secrets{};
    std::copy_n(seed_.data(), SecretKey::size, secrets.data());
    std::copy_n(payload_.data(), SecretKey::size, secrets.data() + SecretKey::size);
    crypto_secretbox_easy(locked.box.data(), secrets.data(), secrets.size(), locked.nonce.data(), stretch.data());
    sodium_memzero(secrets.data(), secrets.size());
    return fmt::format("{}\noperations {}\nmemory {}\nsalt {}\nnonce {}\nbox {}\n", first_line, cost.operations,
                       cost.memory, hex(locked.salt), hex(locked.nonce), hex(locked.box));
}

KeySignature CouncilKey::sign(std::string_view text) const {
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
    PublicKey pair{};
    crypto_sign_seed_keypair(pair.data(), secret.data(), seed_.data());
    KeySignature signature{public_, {}};
    crypto_sign_detached(signature.signature.data(), nullptr, reinterpret_cast<const unsigned char*>(text.data()),
                         text.size(), secret.data());
    sodium_memzero(secret.data(), secret.size());
    return signature;
}

void CouncilKey::derive() {
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
    crypto_sign_seed_keypair(public_.data(), secret.data(), seed_.data());
    sodium_memzero(secret.data(), secret.size());
}

}  // namespace vereda::evidence
