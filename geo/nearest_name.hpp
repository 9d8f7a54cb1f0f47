/// The valid name that a mistyped one most likely meant.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vereda::geo {

/// Edits (insert, delete, replace, swap of neighbours) that turn one into the other, letters compared without case.
/// Optimal string alignment distance. Bytes are compared, not letters; names longer than 64 bytes are cut there.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The name with the fewest edits, the first of equals; nullopt when even that one differs in more than a third of the
/// longer name's letters (two edits are always near enough).
[[nodiscard]] std::optional<std::string> nearest_name(std::string_view written, std::span<const std::string> valid);

}  // namespace vereda::geo
