/// Forest of cells and why it fell, year by year.
#pragma once

#include <cstdint>
#include <vector>

#include "simulate/campaign.hpp"

namespace vereda::simulate {

/// Hectares lost in one cell and year, by mechanism.
struct CellLoss {
    double direct = 0;      ///< became crop
    double associated = 0;  ///< fell because of new crop nearby: paths, houses, gardens
    double cattle = 0;
    double fire = 0;
    double other = 0;
    double displaced = 0;  ///< of direct and associated: for crop that displaced growers planted

    [[nodiscard]] double total() const { return direct + associated + cattle + fire + other; }
};

struct CellForest {
    std::vector<std::vector<double>> forest;  ///< hectares standing on 31 December, [cell][year]
    std::vector<std::vector<CellLoss>> loss;  ///< [cell][year]; nothing in the first year
};

/// 45 % of new crop stands where forest stood (UNODC told 36 % for 2011), each such hectare takes another third with
/// it; cattle take 0.2 to 1.2 % of the forest a year, more near roads; fires come in dry years. (d)
[[nodiscard]] CellForest cell_forest(const Frontier& land, const CropRun& run, std::uint64_t seed);

}  // namespace vereda::simulate
