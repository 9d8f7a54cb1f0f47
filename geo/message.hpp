/// What the library says to people, without the words: an id and named arguments.
///
/// The words live in one catalogue per language (share/vereda/lang/*.json). A MessageId can only be written as a
/// literal,
/// `"crs.missing"_msg`, so a test can read them all from the sources and prove that every language has every one.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vereda::geo {

class MessageId {
  public:
    constexpr MessageId() = default;
    [[nodiscard]] constexpr std::string_view text() const { return text_; }
    friend constexpr auto operator<=>(const MessageId&, const MessageId&) = default;

  private:
    friend constexpr MessageId operator""_msg(const char* text, std::size_t length);
    constexpr explicit MessageId(std::string_view text) : text_(text) {}
    std::string_view text_;
};

constexpr MessageId operator""_msg(const char* text, std::size_t length) {
    return MessageId({text, length});
}

/// Named arguments of a message: `{name}` in the catalogue's text is replaced by the value.
using MessageArguments = std::vector<std::pair<std::string, std::string>>;

/// A sentence to be: rendered by report/catalogue in the language the reader chose.
struct Message {
    MessageId id;
    MessageArguments arguments;
    friend bool operator==(const Message&, const Message&) = default;
};

/// Where in the input something stands. Empty members are left out when it is shown:
/// `FILE [layer, feature or line, field]`.
struct Locus {
    std::string file;
    std::string layer;
    std::string feature;  ///< the id the user knows, else the number in the file
    long line = 0;        ///< 1-based line of a text file; 0 when there is none
    std::string field;
    friend auto operator<=>(const Locus&, const Locus&) = default;
};

}  // namespace vereda::geo
