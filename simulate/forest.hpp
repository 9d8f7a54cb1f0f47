/// Tree cover before the study, and the loss of it year by year with its true cause. Every cell is lost at most once.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "simulate/cultivation.hpp"
#include "simulate/landscape_parameters.hpp"
#include "simulate/territory.hpp"

namespace vereda::simulate {

/// The codes of the driver raster; 0 where nothing was lost.
enum class Driver : std::uint8_t { none = 0, cattle = 1, coca = 2, poppy = 3, fire = 4, other = 5, undetermined = 9 };
[[nodiscard]] std::string_view name_of(Driver driver);

inline constexpr int loss_base_year = 2000;
inline constexpr int tree_cover_min = 30;  ///< percent: from here on it is forest

struct Forest {
    Surface tree_cover;                   ///< percent in the year 2000
    Surface biomass;                      ///< above-ground, Mg/ha, in the year 2000
    std::vector<std::uint8_t> loss_year;  ///< years since loss_base_year; 0: not lost
    std::vector<Driver> cause;            ///< true
    std::vector<Driver> driver;           ///< as a driver map shows it: some patches undetermined
};

/// Forest thins out near roads, rivers and villages, and above 2,700 m.
[[nodiscard]] Surface tree_cover_of(const Territory& land, std::uint64_t seed);

/// Crops take their land first (cells whose centre a plot's first outline holds, in the plot's clearing year); cattle,
/// fire and the rest follow, never on land that a crop still stands on or will take.
[[nodiscard]] Forest forest_with_losses(const LandscapeParameters& parameters, const Territory& land,
                                        Surface tree_cover, const Cultivation& cultivation, std::uint64_t seed);

}  // namespace vereda::simulate
