#include "geo/io/content_hash.hpp"

#include <sodium.h>

#include <array>

#include "geo/io/input_file.hpp"

namespace vereda::geo::io {

struct Sha256::State {
    crypto_hash_sha256_state hash;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    crypto_hash_sha256_init(&state_->hash);
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
    crypto_hash_sha256_update(&state_->hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::string Sha256::hexadecimal() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&state_->hash, digest.data());
    std::string text(2 * digest.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
    text.pop_back();
    return text;
}

std::string sha256_of_file(const std::string& path, const std::stop_token& stop) {
    Sha256 hash;
    InputFile file(path);
    std::string block(std::size_t{1} << 20, '\0');
    while (const std::size_t count = file.read(block.data(), block.size())) {
        if (stop.stop_requested()) return {};
        hash.add({block.data(), count});
    }
    return hash.hexadecimal();
}

std::string sha256_of_bytes(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.hexadecimal();
}

}  // namespace vereda::geo::io
