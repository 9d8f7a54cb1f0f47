#include "app/formats/toml_bounds.hpp"

#include <algorithm>
#include <string>

#include "app/formats/toml_reader.hpp"
#include "geo/error.hpp"

namespace vereda::app {

namespace {

using geo::operator""_msg;

/// Follows just enough of TOML's lexical grammar to know what stands outside strings and comments.
class Scanner {
  public:
    Scanner(std::string_view text, const geo::Locus& source) : text_(text), place_(source) { place_.line = 1; }

    void run() {
        while (position_ < text_.size()) {
            const char c = text_[position_];
            if (c == '"' || c == '\'') {
                skip_string(c);
            } else if (c == '#') {
                position_ = std::min(text_.find('\n', position_), text_.size());
            } else {
                take(c);
                ++position_;
            }
        }
    }

  private:
    void take(char c) {
        if (c == '\n') ++place_.line;
        if (c == '.') ++dots_;
        if (c == '=') check_key();
        if (c == '=' || c == ']' || c == '\n' || c == ',' || c == '[' || c == '{' || c == '}') {
            dots_ = 0;
            key_start_ = position_ + 1;
        }
        if (c == '[' || c == '{') ++depth_;
        if ((c == ']' || c == '}') && depth_ > 0) --depth_;
        if (depth_ + dots_ > TomlDocument::deepest_nesting) {
            throw geo::Error(geo::ErrorKind::policy,
                             {"toml.too_deep"_msg, {{"limit", std::to_string(TomlDocument::deepest_nesting)}}}, place_);
        }
    }

    void check_key() {
        if (position_ - key_start_ <= TomlDocument::longest_key_bytes) return;
        throw geo::Error(geo::ErrorKind::policy,
                         {"toml.key_too_long"_msg, {{"limit", std::to_string(TomlDocument::longest_key_bytes)}}},
                         place_);
    }

    void skip_string(char quote) {
        const std::string three(3, quote);
        const bool many_lines = text_.substr(position_, 3) == three;
        position_ += many_lines ? 3 : 1;
        while (position_ < text_.size()) {
            const char c = text_[position_];
            if (c == '\n') {
                if (!many_lines) return;  // not closed: the parser will say so
                ++place_.line;
            }
            if (c == '\\' && quote == '"') {
                if (position_ + 1 < text_.size() && text_[position_ + 1] == '\n') ++place_.line;
                position_ += 2;
                continue;
            }
            if (c == quote && !many_lines) break;
            if (many_lines && text_.substr(position_, 3) == three) {
                position_ += 2;
                break;
            }
            ++position_;
        }
        ++position_;
    }

    std::string_view text_;
    geo::Locus place_;
    std::size_t position_ = 0;
    std::size_t key_start_ = 0;
    int depth_ = 0;
    int dots_ = 0;
};

}  // namespace

void check_toml_bounds(std::string_view text, const geo::Locus& source) {
    if (text.size() > TomlDocument::largest_bytes) {
        throw geo::Error(geo::ErrorKind::policy,
                         {"toml.too_large"_msg, {{"limit", std::to_string(TomlDocument::largest_bytes)}}}, source);
    }
    Scanner(text, source).run();
}

}  // namespace vereda::app
