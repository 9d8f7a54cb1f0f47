/// What the values of a friction raster mean.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace vereda::app {

enum class FrictionUnit { minutes_per_metre, seconds_per_metre, hours_per_kilometre, kilometres_per_hour };

/// In the order of FrictionUnit.
inline constexpr std::array<std::string_view, 4> friction_units{"min/m", "s/m", "h/km", "km/h"};

/// One of friction_units.
[[nodiscard]] std::optional<FrictionUnit> friction_unit(std::string_view name);

}  // namespace vereda::app
