#include "geo/io/content_hash.hpp"

#include <sodium.h>

#include <array>

#include "geo/io/input_file.hpp"

namespace vereda::geo::io {

namespace {

class Sha256 {
  public:
    Sha256() { crypto_hash_sha256_init(&state_); }
    void add(std::string_view bytes) {
        crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    }
    [[nodiscard]] std::string hexadecimal() {
        std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
        crypto_hash_sha256_final(&state_, digest.data());
        std::string text(2 * digest.size() + 1, '\0');
        sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
        text.pop_back();
        return text;
    }

  private:
    crypto_hash_sha256_state state_;
};

}  // namespace

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
