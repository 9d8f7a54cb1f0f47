/// The crops that a study follows.
#pragma once

#include <optional>
#include <string_view>

namespace vereda::regions {

enum class Crop { coca, poppy };

/// "coca", "poppy".
[[nodiscard]] constexpr std::string_view name_of(Crop crop) {
    return crop == Crop::coca ? "coca" : "poppy";
}
[[nodiscard]] constexpr std::optional<Crop> crop_named(std::string_view name) {
    if (name == "coca") return Crop::coca;
    if (name == "poppy") return Crop::poppy;
    return std::nullopt;
}

}  // namespace vereda::regions
