/// Walking pace over slope, by functions that were published and are named.
#pragma once

#include <optional>
#include <string_view>

namespace vereda::raster {

enum class WalkingFunction {
    /// W. Tobler, "Three presentations on geographical analysis and modeling", NCGIA Technical Report 93-1, 1993:
    /// speed = 6 exp(-3.5 |S + 0.05|) km/h on footpaths; S = rise / horizontal distance. 5.036 km/h on the level.
    tobler,
    /// The same report: 3/5 of that speed off paths.
    tobler_off_path,
    /// E. Langmuir, "Mountaincraft and Leadership", 1984, correcting W. Naismith 1892: 12 min per km, 6 s per metre
    /// climbed (30 min per 300 m); on descents of 5 to 12 degrees 2 s less per metre of fall (10 min per 300 m), on
    /// steeper ones 2 s more. 5 km/h on the level.
    langmuir,
};

/// "tobler", "tobler-off-path", "langmuir"; nullopt for other names.
[[nodiscard]] std::optional<WalkingFunction> walking_function(std::string_view name);

/// Minutes per horizontal metre when walking along slope `rise_over_run` (positive uphill). Finite and positive for
/// every finite slope.
[[nodiscard]] double minutes_per_metre(WalkingFunction function, double rise_over_run);

}  // namespace vereda::raster
