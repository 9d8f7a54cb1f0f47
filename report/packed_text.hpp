/// Bytes that a page carries: deflated and written in letters that end no element.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace vereda::report {

/// RFC 4648 §4, padded, on one line.
[[nodiscard]] std::string base64(std::span<const std::uint8_t> bytes);

/// base64 of the raw deflate stream (RFC 1951). Same bytes in, same text out.
[[nodiscard]] std::string packed_text(std::string_view bytes);

}  // namespace vereda::report
