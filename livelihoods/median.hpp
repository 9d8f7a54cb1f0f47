/// The middle of a list.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

namespace vereda::livelihoods {

/// Mean of the two middle ones for an even count; nullopt for an empty list.
[[nodiscard]] inline std::optional<double> median(std::vector<double> values) {
    if (values.empty()) return std::nullopt;
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace vereda::livelihoods
