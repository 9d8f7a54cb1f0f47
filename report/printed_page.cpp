#include "report/printed_page.hpp"

#include "evidence/digest.hpp"
#include "report/packed_text.hpp"
#include "report/safe_text.hpp"

namespace vereda::report {

void write_printed_start(std::ostream& out, const PrintedPage& page) {
    const evidence::Digest hash = evidence::sha256(page.style);
    out << "<!doctype html>\n<html lang=\"" << page.language << "\">\n<head>\n<meta charset=\"utf-8\">\n"
        << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"
        << base64(hash) << "'" << (page.pictures ? "; img-src data:" : "") << "\">\n"
        << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        << "<meta name=\"robots\" content=\"noindex\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        << "<title>" << escaped(page.title) << "</title>\n<style>" << page.style << "</style>\n</head>\n<body class=\""
        << page.edition << "\">\n";
}

void write_printed_end(std::ostream& out) {
    out << "</body>\n</html>\n";
}

}  // namespace vereda::report
