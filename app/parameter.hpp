/// What a command can be told: each parameter is declared once, and the command line, its checks, help and
/// documentation derive from the declaration.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/message.hpp"

namespace vereda::app {

enum class ParameterType {
    flag,  ///< given or not
    text,
    path,
    integer,
    number,
    choice,  ///< one of `choices`
    size,    ///< bytes, as 512MiB, 1GiB, 2G
};

struct Parameter {
    std::string name;         ///< "out" is written --out; a positional one shows its name in capitals
    std::string letter = {};  ///< "o" is written -o
    ParameterType type = ParameterType::text;
    geo::MessageId help = {};
    std::string value_name = {};  ///< what stands for the value in help: "FILE", "NAME=FILE[:BAND]"
    std::string unit = {};
    std::string default_text = {};  ///< empty: none
    std::optional<double> least = {};
    std::optional<double> most = {};
    std::vector<std::string> choices = {};
    bool positional = false;
    bool required = false;
    bool repeatable = false;
};

/// "--out", or "STUDY" for a positional one: how messages name it.
[[nodiscard]] std::string shown_name(const Parameter& parameter);

/// Throws Error(usage) naming parameter, value and what is allowed where `value` is not of the declared type or range.
void check_value(const Parameter& parameter, const std::string& value);

/// Bytes of "1GiB", "512 MB", "2G" (binary multiples with or without the i), nullopt where it cannot be read or is not
/// above 0.
[[nodiscard]] std::optional<unsigned long long> parse_size(std::string_view text);

}  // namespace vereda::app
