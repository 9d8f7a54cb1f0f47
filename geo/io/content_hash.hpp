/// SHA-256 of files and bytes (libsodium), lower-case hexadecimal.
#pragma once

#include <string>
#include <string_view>

namespace vereda::geo::io {

[[nodiscard]] std::string sha256_of_file(const std::string& path);
[[nodiscard]] std::string sha256_of_bytes(std::string_view bytes);

}  // namespace vereda::geo::io
