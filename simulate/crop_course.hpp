/// How crop would go on in every cell if nobody removed any: shared and own shocks that last, trends, leaf prices.
#pragma once

#include <cstdint>
#include <vector>

#include "simulate/frontier.hpp"

namespace vereda::simulate {

struct CropCourse {
    std::vector<std::vector<double>> native;     ///< hectares on 31 December, [cell][year]
    std::vector<std::vector<double>> log_price;  ///< of leaf at the farm, [region][year]; 0 is the long-run mean
};

/// Log-levels are sums of a national, a broad (250 km), a local (60 km) and an own AR(1), started twenty years before
/// the first, a constant growth that differs between lands of 150 km, and elasticity times log price. Dense cells and
/// thin ones share the same *relative* changes.
[[nodiscard]] CropCourse crop_course(const DisplacementParameters& parameters, const Frontier& land,
                                     std::uint64_t seed);

}  // namespace vereda::simulate
