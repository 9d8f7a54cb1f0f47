/// Small panels with a known displaced share, made here and nowhere else: a grid of cells in square regions, crop that
/// follows its own level, regional shocks and noise, removals in the richest cells, and a share of each removal that
/// appears evenly or by crop in the ring.
#pragma once

#include <vector>

#include "geo/random.hpp"
#include "regions/crop_panel.hpp"
#include "regions/eradication.hpp"

namespace vereda::tests {

struct PanelRecipe {
    int regions_a_side = 4;
    int cells_a_side = 8;  ///< of each region
    double cell_m = 5000;
    int years = 8;
    int first_removal = 3;  ///< year position
    int removals_a_year = 6;
    double share = 0;
    double by_crop = 0;   ///< 0: evenly over the ring, 1: in proportion to the cells' level
    double noise = 0.05;  ///< of a cell's level, each year anew
    double regional = 0.1;
    double belt_m = 20'000;
    double reported = 5;    ///< hectares told of a removal, in levels of its cell, which loses one level
    bool distinct = false;  ///< no cell is hit twice
};

struct MadePanel {
    regions::CropPanel panel;
    std::vector<regions::EradicationEvent> events;
};

[[nodiscard]] MadePanel make_panel(const PanelRecipe& recipe, std::uint64_t seed);

/// Cells in a row, 1 km apart, one region, crop as given by [cell][year].
[[nodiscard]] regions::CropPanel row_of_cells(const std::vector<std::vector<std::optional<double>>>& crop,
                                              int first_year, const std::vector<std::string>& region = {});

}  // namespace vereda::tests
