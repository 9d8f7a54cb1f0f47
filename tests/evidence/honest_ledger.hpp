/// Ledgers as councils would write them, by seed: several devices that record apart and merge, photos, redactions,
/// rotated and revoked keys, heads signed by two.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/council_key.hpp"

namespace vereda::tests {

/// Next to no work for a passphrase.
inline constexpr evidence::PassphraseCost no_cost{1, 8192};

/// Writes FOLDER/a and, for some seeds, FOLDER/b and FOLDER/c, copies of it that recorded apart; gives their paths.
std::vector<std::string> write_honest_ledgers(const std::string& folder, std::uint32_t seed);

}  // namespace vereda::tests
