#include "regions/look_alike.hpp"

#include <array>

namespace vereda::regions {
namespace {

/// Base letters of U+00C0 … U+00FF; '\0' where the character has none.
constexpr std::array<char, 64> kLatin1Base{
    'a', 'a', 'a', 'a', 'a', 'a', 0,   'c', 'e', 'e', 'e', 'e', 'i', 'i', 'i', 'i',   // À … Ï
    0,   'n', 'o', 'o', 'o', 'o', 'o', 0,   0,   'u', 'u', 'u', 'u', 'y', 0,   0,     // Ð … ß
    'a', 'a', 'a', 'a', 'a', 'a', 0,   'c', 'e', 'e', 'e', 'e', 'i', 'i', 'i', 'i',   // à … ï
    0,   'n', 'o', 'o', 'o', 'o', 'o', 0,   0,   'u', 'u', 'u', 'u', 'y', 0,   'y'};  // ð … ÿ

constexpr unsigned char byte_at(std::string_view text, std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

}  // namespace

std::string look_alike_key(std::string_view utf8) {
    std::string key;
    key.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const unsigned char first = byte_at(utf8, i);
        const unsigned char second = byte_at(utf8, i + 1);
        const bool blank = first == ' ' || (first >= '\t' && first <= '\r');
        const bool no_break_space = first == 0xC2 && second == 0xA0;
        const bool combining_mark =
            (first == 0xCC && second >= 0x80) || (first == 0xCD && second >= 0x80 && second < 0xB0);
        if (blank) continue;
        if (no_break_space || combining_mark) {
            ++i;
        } else if (first == 0xC3 && second >= 0x80 && kLatin1Base[second - 0x80U] != 0) {
            key += kLatin1Base[second - 0x80U];
            ++i;
        } else {
            key += static_cast<char>(first >= 'A' && first <= 'Z' ? first + ('a' - 'A') : first);
        }
    }
    return key;
}

}  // namespace vereda::regions
