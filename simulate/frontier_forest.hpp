/// Forest under and around the plots of a displacement study, cell by cell of a raster: when each was really lost and
/// why, and what a loss-year map and a coarse map of drivers say instead.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "simulate/frontier_plots.hpp"
#include "simulate/surface.hpp"

namespace vereda::simulate {

/// Why a cell of forest was lost, truly.
enum class LossMechanism : std::uint8_t { none = 0, direct = 1, associated = 2, cattle = 3, fire = 4, other = 5 };
[[nodiscard]] std::string_view name_of(LossMechanism mechanism);

/// Classes of the drivers map, as products have them: none of them is an illicit crop.
enum class MappedDriver : std::uint8_t { none = 0, cattle = 1, fire = 4, other = 5, shifting_cultivation = 6 };
[[nodiscard]] std::string_view name_of(MappedDriver driver);
/// The class that is right for a mechanism.
[[nodiscard]] MappedDriver shown_as(LossMechanism mechanism);

struct FrontierForestParameters {
    double cell = 31.25;               ///< metres: 32 of them are a kilometre, so that the maps nest
    int driver_factor = 32;            ///< cells of the drivers map per side
    double wrong_year_share = 0.30;    ///< patches whose loss is mapped one year early or late, half and half
    double wrong_driver_share = 0.20;  ///< cells of the drivers map that show another class than the largest one
};

inline constexpr int frontier_loss_base = 2000;  ///< loss-year value v is the year 2000 + v
inline constexpr int frontier_forest_min = 30;   ///< percent tree cover: from here on it is forest

struct FrontierForest {
    Frame frame;
    std::vector<std::uint8_t> tree_cover;   ///< percent, before the first year
    std::vector<std::uint8_t> true_year;    ///< years since frontier_loss_base; 0: not lost
    std::vector<LossMechanism> mechanism;   ///< true
    std::vector<std::uint8_t> displaced;    ///< 1: for a plot of displaced growers (direct or associated)
    std::vector<std::uint8_t> mapped_year;  ///< as the loss map shows it
    Frame driver_frame;
    std::vector<MappedDriver> drivers;  ///< as the drivers map shows them

    [[nodiscard]] double cell_hectares() const { return frame.cell * frame.cell / 10'000; }
};

/// Plots take the forest on their ground in the year it was cleared (direct); around each new plot in forest another
/// third of that is cleared in the same year (associated); cattle, fire and the rest follow by the rates of
/// cell_forest. Each cell is lost at most once.
[[nodiscard]] FrontierForest frontier_forest(const DisplacementStudy& study, const FrontierPlots& ground,
                                             const FrontierForestParameters& parameters);

}  // namespace vereda::simulate
