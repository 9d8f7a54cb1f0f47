/// Words of closed vocabularies in TOML files.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/formats/toml_reader.hpp"
#include "geo/error.hpp"

namespace vereda::app {

/// A word that is none of the valid ones: Error(usage, "toml.word_unknown") at the key, naming them.
[[nodiscard]] geo::Error word_unknown(const TomlTable& table, std::string_view key, std::string_view word,
                                      std::span<const std::string_view> valid);

template <class Value>
struct TomlWord {
    std::string_view text;
    Value value;
};

template <class Value>
[[nodiscard]] Value value_of_word(const TomlTable& table, std::string_view key, std::string_view word,
                                  std::span<const TomlWord<Value>> words) {
    std::vector<std::string_view> valid;
    for (const TomlWord<Value>& candidate : words) {
        if (candidate.text == word) return candidate.value;
        valid.push_back(candidate.text);
    }
    throw word_unknown(table, key, word, valid);
}

/// Nullopt where the key is absent.
template <class Value>
[[nodiscard]] std::optional<Value> word(const TomlTable& table, std::string_view key,
                                        std::span<const TomlWord<Value>> words) {
    const std::optional<std::string> written = table.text(key);
    if (!written) return std::nullopt;
    return value_of_word(table, key, *written, words);
}

}  // namespace vereda::app
