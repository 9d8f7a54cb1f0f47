/// Text that came from data made harmless for where it goes. Nothing of an attribute reaches an output any other way.
#pragma once

#include <string>
#include <string_view>

namespace vereda::report {

/// Valid UTF-8 without anything that acts on a terminal or reorders text: control characters (ESC of ANSI sequences,
/// NUL, C1), bidirectional controls and broken UTF-8 become U+FFFD; tabs and line ends become spaces.
[[nodiscard]] std::string safe_text(std::string_view text);

/// safe_text with & < > " ' written as references, for HTML and XML text and quoted attributes.
[[nodiscard]] std::string escaped(std::string_view text);

/// safe_text that no spreadsheet takes for a formula: a leading = + - @ tab or carriage return gets an apostrophe
/// before it.
[[nodiscard]] std::string spreadsheet_text(std::string_view text);

/// At most `characters` code points; longer text ends in an ellipsis.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t characters);

}  // namespace vereda::report
