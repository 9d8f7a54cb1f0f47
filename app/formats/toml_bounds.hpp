/// Limits checked before a TOML parser sees the text: deep nesting overflows toml++'s stack (marzer/tomlplusplus#292).
#pragma once

#include <string_view>

#include "geo/message.hpp"

namespace vereda::app {

/// Throws Error(policy): "toml.too_large" above TomlDocument::largest_bytes; "toml.too_deep", with the line, where
/// brackets, braces and dotted keys together nest deeper than TomlDocument::deepest_nesting; "toml.key_too_long" above
/// TomlDocument::longest_key_bytes. Never throws for text within the limits, well formed or not.
void check_toml_bounds(std::string_view text, const geo::Locus& source);

}  // namespace vereda::app
