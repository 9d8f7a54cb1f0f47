/// What was known of every unit up to one year of a panel.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "regions/crop_panel.hpp"
#include "regions/unit_index.hpp"

namespace vereda::regions {

/// Over panel years up to and including `base`; nullopt where the unit was never seen till then.
struct UnitHistory {
    std::vector<std::optional<double>> mean;       ///< of the crop seen
    std::vector<std::optional<double>> departure;  ///< last seen crop less the mean
};

[[nodiscard]] UnitHistory history_until(const CropPanel& panel, std::size_t base);

/// Means of `values` over each unit's neighbours; the unit's own value where no neighbour has one.
[[nodiscard]] std::vector<double> neighbourhood_means(std::span<const std::optional<double>> values,
                                                      std::span<const std::vector<std::size_t>> neighbours);

/// Every unit's neighbours within `radius`, itself left out.
[[nodiscard]] std::vector<std::vector<std::size_t>> neighbours_of(const CropPanel& panel, const UnitIndex& index,
                                                                  geo::Metres radius);

}  // namespace vereda::regions
