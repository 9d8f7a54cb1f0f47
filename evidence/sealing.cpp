#include "evidence/sealing.hpp"

#include <sodium.h>
#include <algorithm>

#include "geo/error.hpp"

namespace vereda::evidence {

using geo::operator""_msg;

namespace {

constexpr std::string_view field_domain{"vereda field 1\0", 15};
constexpr std::size_t padded_to = 256;
constexpr std::uint32_t redacted = 0xffffffff;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

void add_length(std::string& text, std::uint32_t length) {
    for (int shift = 0; shift < 32; shift += 8)
        text += static_cast<char>((length >> shift) & 0xff);
}

void add_part(std::string& text, std::string_view part) {
    add_length(text, static_cast<std::uint32_t>(part.size()));
    text += part;
}

std::string_view salt_text(const Salt& salt) {
    return {reinterpret_cast<const char*>(salt.data()), salt.size()};
}

[[noreturn]] void not_opened() {
    throw geo::Error(geo::ErrorKind::integrity, {"ledger.not_opened"_msg, {}});
}

/// The plain form of fields, taken apart.
class PlainReader {
  public:
    explicit PlainReader(std::string_view text) : rest_(text) {}
    std::uint32_t length() {
        std::uint32_t value = 0;
        const std::string_view bytes = part(4);
        for (std::size_t i = 0; i < 4; ++i)
            value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
        return value;
    }
    std::string_view part(std::size_t size) {
        if (size > rest_.size()) not_opened();
        const std::string_view bytes = rest_.substr(0, size);
        rest_ = rest_.substr(size);
        return bytes;
    }
    [[nodiscard]] bool more() const { return !rest_.empty(); }

  private:
    std::string_view rest_;
};

std::string plain_of(const Fields& fields) {
    std::string plain;
    for (const std::optional<Field>& field : fields) {
        if (!field) {
            add_length(plain, redacted);
            continue;
        }
        add_part(plain, field->name);
        add_part(plain, field->value);
        plain += salt_text(field->salt);
    }
    plain += '\x80';
    plain.resize((plain.size() + padded_to - 1) / padded_to * padded_to, '\0');
    return plain;
}

Fields fields_of(std::string_view padded) {
    const std::size_t end = padded.find_last_not_of('\0');
    if (end == std::string_view::npos || padded[end] != '\x80') not_opened();
    PlainReader reader(padded.substr(0, end));
    Fields fields;
    while (reader.more()) {
        const std::uint32_t length = reader.length();
        if (length == redacted) {
            fields.emplace_back();
            continue;
        }
        Field field;
        field.name = reader.part(length);
        field.value = reader.part(reader.length());
        std::ranges::copy(reader.part(field.salt.size()), field.salt.begin());
        fields.emplace_back(std::move(field));
    }
    return fields;
}

}  // namespace

Field field(std::string name, std::string value) {
    Field result{std::move(name), std::move(value), {}};
    randombytes_buf(result.salt.data(), result.salt.size());
    return result;
}

std::string committed_bytes(const Field& field) {
    std::string text(field_domain);
    text += salt_text(field.salt);
    add_part(text, field.name);
    add_part(text, field.value);
    return text;
}

Digest commitment(const Field& field) {
    std::string text = committed_bytes(field);
    const Digest digest = sha256(text);
    wipe(text);
    return digest;
}

std::vector<Digest> commitments(const Fields& fields) {
    std::vector<Digest> digests;
    for (const std::optional<Field>& field : fields)
        digests.push_back(commitment(field.value()));
    return digests;
}

const Field* find(const Fields& fields, std::string_view name) {
    for (const std::optional<Field>& field : fields)
        if (field && field->name == name) return &*field;
    return nullptr;
}

void wipe(std::string& secret) {
    sodium_memzero(secret.data(), secret.size());
}

SecretKey::SecretKey() {
    sodium_mlock(bytes_.data(), bytes_.size());
}

SecretKey::SecretKey(SecretKey&& other) noexcept : SecretKey() {
    *this = std::move(other);
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
    if (this != &other) {
        bytes_ = other.bytes_;
        sodium_memzero(other.bytes_.data(), other.bytes_.size());
    }
    return *this;
}

SecretKey::~SecretKey() {
    sodium_munlock(bytes_.data(), bytes_.size());  // wipes as well
}

SecretKey SecretKey::random() {
    SecretKey key;
    randombytes_buf(key.data(), size);
    return key;
}

std::string seal_bytes(std::string_view bytes, const SecretKey& key, const Digest& ledger) {
    std::string sealed(nonce_size + bytes.size() + tag_size, '\0');
    auto* nonce = reinterpret_cast<unsigned char*>(sealed.data());
    randombytes_buf(nonce, nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_size, nullptr,
                                               reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                                               ledger.data(), ledger.size(), nullptr, nonce, key.data());
    return sealed;
}

std::string open_bytes(std::string_view sealed, const SecretKey& key, const Digest& ledger) {
    if (sealed.size() < nonce_size + tag_size) not_opened();
    std::string bytes(sealed.size() - nonce_size - tag_size, '\0');
    const auto* nonce = reinterpret_cast<const unsigned char*>(sealed.data());
    const int fault = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(bytes.data()), nullptr, nullptr, nonce + nonce_size,
        sealed.size() - nonce_size, ledger.data(), ledger.size(), nonce, key.data());
    if (fault != 0) not_opened();
    return bytes;
}

std::string seal_fields(const Fields& fields, const SecretKey& key, const Digest& ledger) {
    std::string plain = plain_of(fields);
    std::string sealed = seal_bytes(plain, key, ledger);
    wipe(plain);
    return sealed;
}

Fields open_fields(std::string_view sealed, const SecretKey& key, const Digest& ledger) {
    std::string plain = open_bytes(sealed, key, ledger);
    Fields fields = fields_of(plain);
    wipe(plain);
    return fields;
}

}  // namespace vereda::evidence
