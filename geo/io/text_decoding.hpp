/// Bytes of a text file to UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "geo/diagnostic.hpp"

namespace vereda::geo::io {

[[nodiscard]] bool is_utf8(std::string_view bytes);

/// Every byte string is valid Windows-1252 here: its five undefined bytes become U+FFFD. Latin-1 text reads the same.
[[nodiscard]] std::string utf8_from_windows_1252(std::string_view bytes);

/// Drops a UTF-8 byte order mark; UTF-16 with a mark is converted with a note; bytes that are not UTF-8 are taken as
/// Windows-1252 with the warning "text.encoding_guessed". `encoding` (any name iconv knows) settles it instead. Throws
/// Error(input) "text.nul" with the line of a NUL character, "text.encoding_unknown" and "text.encoding_wrong".
[[nodiscard]] std::string decoded_text(std::string bytes, const std::string& encoding, const Locus& locus,
                                       Diagnostics& diagnostics);

}  // namespace vereda::geo::io
