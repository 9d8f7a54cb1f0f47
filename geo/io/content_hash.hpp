/// SHA-256 of files and bytes (libsodium), lower-case hexadecimal.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>

namespace vereda::geo::io {

/// Empty where `stop` was requested before the end.
[[nodiscard]] std::string sha256_of_file(const std::string& path, const std::stop_token& stop = {});
[[nodiscard]] std::string sha256_of_bytes(std::string_view bytes);

}  // namespace vereda::geo::io
