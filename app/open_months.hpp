/// Months in which a road or river can be used, as places tables write them.
#pragma once

#include <bitset>
#include <optional>
#include <string_view>

namespace vereda::app {

/// Bit m - 1 stands for month m.
using Months = std::bitset<12>;

/// "5-11", "12-3" (through the turn of the year), "1,2,6-8"; commas, semicolons or spaces between. Empty text: all
/// months. nullopt where the text cannot be read.
[[nodiscard]] std::optional<Months> parse_months(std::string_view text);

}  // namespace vereda::app
