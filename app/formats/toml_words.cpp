#include "app/formats/toml_words.hpp"

namespace vereda::app {

using geo::operator""_msg;

geo::Error word_unknown(const TomlTable& table, std::string_view key, std::string_view word,
                        std::span<const std::string_view> valid) {
    return geo::Error(
        geo::ErrorKind::usage,
        {"toml.word_unknown"_msg, {{"word", std::string(word)}, {"valid", fmt::format("{}", fmt::join(valid, ", "))}}},
        table.place(key));
}

}  // namespace vereda::app
