#include "report/json_text.hpp"

#include <fmt/format.h>

#include <cmath>

#include "report/safe_text.hpp"

namespace vereda::report {

void JsonText::separate() {
    if (!first_) text_ += ',';
    first_ = false;
}

JsonText& JsonText::open(char bracket) {
    separate();
    text_ += bracket;
    first_ = true;
    return *this;
}

JsonText& JsonText::close(char bracket) {
    text_ += bracket;
    first_ = false;
    return *this;
}

JsonText& JsonText::key(std::string_view name) {
    text(name);
    text_ += ':';
    first_ = true;
    return *this;
}

JsonText& JsonText::text(std::string_view value) {
    separate();
    text_ += '"';
    for (const char c : safe_text(value)) {
        if (c == '"' || c == '\\') text_ += '\\';
        text_ += c;
    }
    text_ += '"';
    return *this;
}

JsonText& JsonText::number(std::int64_t value) {
    return digits(fmt::format("{}", value));
}

JsonText& JsonText::real(double value) {
    return std::isfinite(value) ? digits(fmt::format("{}", value)) : null();
}

JsonText& JsonText::digits(std::string_view digits) {
    separate();
    text_ += digits;
    return *this;
}

}  // namespace vereda::report
