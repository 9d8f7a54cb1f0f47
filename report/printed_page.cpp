#include "report/printed_page.hpp"

#include <cstdint>

#include "evidence/digest.hpp"
#include "report/safe_text.hpp"

namespace vereda::report {

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8U | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text += i + k > bytes.size() ? '=' : digits[group >> (18 - 6 * k) & 63U];
    }
    return text;
}

void write_printed_start(std::ostream& out, const PrintedPage& page) {
    const evidence::Digest hash = evidence::sha256(page.style);
    const std::string_view bytes(reinterpret_cast<const char*>(hash.data()), hash.size());
    out << "<!doctype html>\n<html lang=\"" << page.language << "\">\n<head>\n<meta charset=\"utf-8\">\n"
        << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"
        << base64(bytes) << "'" << (page.pictures ? "; img-src data:" : "") << "\">\n"
        << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        << "<meta name=\"robots\" content=\"noindex\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        << "<title>" << escaped(page.title) << "</title>\n<style>" << page.style << "</style>\n</head>\n<body class=\""
        << page.edition << "\">\n";
}

void write_printed_end(std::ostream& out) {
    out << "</body>\n</html>\n";
}

}  // namespace vereda::report
