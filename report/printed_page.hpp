/// The shell of a page that is made to be printed: no script, nothing loaded, one style that the policy names by hash.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

namespace vereda::report {

struct PrintedPage {
    std::string title;     ///< not escaped
    std::string language;  ///< "es", "en"
    std::string edition;   ///< "internal" or "public": class of the body
    std::string_view style;
    bool pictures = false;  ///< data: pictures may stand in it
};

/// Doctype to the opening body tag. Content-Security-Policy: default-src 'none'; style-src 'sha256-…'; img-src data:
/// only with pictures.
void write_printed_start(std::ostream& out, const PrintedPage& page);
void write_printed_end(std::ostream& out);

}  // namespace vereda::report
