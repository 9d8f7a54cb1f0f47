#include "app/friction_unit.hpp"

#include <algorithm>

namespace vereda::app {

std::optional<FrictionUnit> friction_unit(std::string_view name) {
    const auto found = std::ranges::find(friction_units, name);
    if (found == friction_units.end()) return std::nullopt;
    return static_cast<FrictionUnit>(found - friction_units.begin());
}

}  // namespace vereda::app
