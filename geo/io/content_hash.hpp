/// SHA-256 of files and bytes (libsodium), lower-case hexadecimal.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace vereda::geo::io {

/// Of bytes that come piece by piece.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    void add(std::string_view bytes);
    [[nodiscard]] std::string hexadecimal();  ///< once, after the last piece

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Empty where `stop` was requested before the end.
[[nodiscard]] std::string sha256_of_file(const std::string& path, const std::stop_token& stop = {});
[[nodiscard]] std::string sha256_of_bytes(std::string_view bytes);

}  // namespace vereda::geo::io
