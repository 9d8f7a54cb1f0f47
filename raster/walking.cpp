#include "raster/walking.hpp"

#include <cmath>

namespace vereda::raster {

namespace {

double tobler_km_per_hour(double slope) {
    return 6 * std::exp(-3.5 * std::abs(slope + 0.05));
}

double langmuir_seconds_per_metre(double slope) {
    constexpr double tan_5_degrees = 0.087488663525924;
    constexpr double tan_12_degrees = 0.212556561670022;
    constexpr double level = 0.72;
    if (slope >= 0) return level + 6 * slope;
    const double fall = -slope;
    if (fall < tan_5_degrees) return level;
    return fall <= tan_12_degrees ? level - 2 * fall : level + 2 * fall;
}

}  // namespace

std::optional<WalkingFunction> walking_function(std::string_view name) {
    if (name == "tobler") return WalkingFunction::tobler;
    if (name == "tobler-off-path") return WalkingFunction::tobler_off_path;
    if (name == "langmuir") return WalkingFunction::langmuir;
    return std::nullopt;
}

double minutes_per_metre(WalkingFunction function, double rise_over_run) {
    constexpr double minutes_per_metre_at_1_km_per_hour = 0.06;
    switch (function) {
        case WalkingFunction::tobler:
            return minutes_per_metre_at_1_km_per_hour / tobler_km_per_hour(rise_over_run);
        case WalkingFunction::tobler_off_path:
            return minutes_per_metre_at_1_km_per_hour / (0.6 * tobler_km_per_hour(rise_over_run));
        case WalkingFunction::langmuir:
            break;
    }
    return langmuir_seconds_per_metre(rise_over_run) / 60;
}

}  // namespace vereda::raster
