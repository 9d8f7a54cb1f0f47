#include "geo/io/text_decoding.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <type_traits>

#include "geo/error.hpp"

namespace vereda::geo::io {

namespace {

void append_utf8(std::string& text, std::uint32_t code) {
    const auto put = [&text](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6);
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

/// Windows-1252, bytes 0x80 to 0x9F (the rest is Latin-1); Unicode consortium, CP1252.TXT.
constexpr std::array<std::uint32_t, 32> windows_1252 = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                                        0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

Error refused(MessageId id, const Locus& locus, MessageArguments arguments = {}) {
    return Error(ErrorKind::input, {id, std::move(arguments)}, locus);
}

struct IconvCloser {
    void operator()(iconv_t converter) const noexcept { iconv_close(converter); }
};
using Converter = std::unique_ptr<std::remove_pointer_t<iconv_t>, IconvCloser>;

std::string converted(std::string bytes, const std::string& encoding, const Locus& locus) {
    const iconv_t opened = iconv_open("UTF-8", encoding.c_str());
    if (opened == reinterpret_cast<iconv_t>(std::intptr_t{-1})) {
        throw refused("text.encoding_unknown"_msg, locus, {{"encoding", encoding}});
    }
    const Converter converter(opened);
    std::string result;
    std::array<char, 1 << 14> block{};
    char* from = bytes.data();
    std::size_t left = bytes.size();
    while (true) {
        char* to = block.data();
        std::size_t room = block.size();
        const std::size_t status = iconv(converter.get(), &from, &left, &to, &room);
        result.append(block.data(), to);
        if (status == static_cast<std::size_t>(-1) && errno == E2BIG) continue;
        if (status == static_cast<std::size_t>(-1)) {
            throw refused("text.encoding_wrong"_msg, locus, {{"encoding", encoding}});
        }
        return result;
    }
}

void drop_mark(std::string& text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
}

void refuse_nul(const std::string& text, const Locus& locus) {
    const std::size_t nul = text.find('\0');
    if (nul == std::string::npos) return;
    Locus place = locus;
    place.line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(nul), '\n');
    throw refused("text.nul"_msg, place);
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const auto at = [&](std::size_t k) { return static_cast<unsigned char>(bytes[k]); };
        const unsigned char lead = at(i);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                                   : lead >= 0xE0 && lead <= 0xEF ? 3
                                   : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                                  : 0;
        if (length == 0 || i + length > bytes.size()) return false;
        for (std::size_t k = 1; k < length; ++k) {
            if ((at(i + k) & 0xC0) != 0x80) return false;
        }
        // Overlong forms, surrogates and codes beyond U+10FFFF.
        if ((lead == 0xE0 && at(i + 1) < 0xA0) || (lead == 0xED && at(i + 1) > 0x9F)) return false;
        if ((lead == 0xF0 && at(i + 1) < 0x90) || (lead == 0xF4 && at(i + 1) > 0x8F)) return false;
        i += length;
    }
    return true;
}

std::string utf8_from_windows_1252(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append_utf8(text, byte >= 0x80 && byte <= 0x9F ? windows_1252[byte - 0x80] : byte);
    }
    return text;
}

std::string decoded_text(std::string bytes, const std::string& encoding, const Locus& locus, Diagnostics& diagnostics) {
    std::string text;
    const bool utf16_little = bytes.starts_with("\xFF\xFE");
    const bool utf16_big = bytes.starts_with("\xFE\xFF");
    if (!encoding.empty()) {
        text = converted(std::move(bytes), encoding, locus);
    } else if (utf16_little || utf16_big) {
        text = converted(bytes.substr(2), utf16_little ? "UTF-16LE" : "UTF-16BE", locus);
        diagnostics.add({Severity::note, {"text.utf16"_msg, {}}, locus, std::nullopt});
    } else if (is_utf8(bytes)) {
        text = std::move(bytes);
    } else {
        text = utf8_from_windows_1252(bytes);
        diagnostics.add(
            {Severity::warning, {"text.encoding_guessed"_msg, {{"encoding", "Windows-1252"}}}, locus, std::nullopt});
    }
    drop_mark(text);
    refuse_nul(text, locus);
    return text;
}

}  // namespace vereda::geo::io
