// Message ids are literals, so that a test can read them all from the sources.
#include <string>

#include "geo/error.hpp"

using namespace vereda::geo;

Error made(const std::string& text) {
    return Error(ErrorKind::input, {MessageId(text), {}});
}
