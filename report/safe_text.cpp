#include "report/safe_text.hpp"

#include <algorithm>
#include <cstdint>

namespace vereda::report {

namespace {

constexpr std::string_view replacement = "\uFFFD";

struct Decoded {
    std::uint32_t code = 0;
    std::size_t bytes = 1;
    bool valid = false;
};

/// One code point by RFC 3629: overlong forms, surrogates and values over U+10FFFF are invalid.
Decoded decode(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return {first, 1, true};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return {};
    std::uint32_t code = first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0u) != 0x80) return {};
        code = (code << 6) | (byte(i) & 0x3Fu);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
    return {code, length, true};
}

bool acts_on_its_surroundings(std::uint32_t code) {
    if (code < 0x20 || (code >= 0x7F && code <= 0x9F)) return true;       // C0, DEL, C1
    if (code == 0x061C || code == 0x200E || code == 0x200F) return true;  // marks of direction
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x2028 || code == 0x2029;
}

}  // namespace

std::string safe_text(std::string_view text) {
    if (std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; })) return std::string(text);
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const Decoded next = decode(text);
        if (next.valid && (next.code == '\t' || next.code == '\n' || next.code == '\r')) {
            result += ' ';
        } else if (!next.valid || acts_on_its_surroundings(next.code)) {
            result += replacement;
        } else {
            result += text.substr(0, next.bytes);
        }
        text.remove_prefix(next.bytes);
    }
    return result;
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : safe_text(text)) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default:
                result += c;
        }
    }
    return result;
}

std::string spreadsheet_text(std::string_view text) {
    const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    return formula ? "'" + safe_text(text) : safe_text(text);
}

std::string shortened(std::string_view text, std::size_t characters) {
    std::size_t position = 0;
    for (std::size_t count = 0; position < text.size(); ++count) {
        if (count == characters) return std::string(text.substr(0, position)) + "…";
        position += decode(text.substr(position)).bytes;
    }
    return std::string(text);
}

}  // namespace vereda::report
