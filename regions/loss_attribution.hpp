/// Which cause each lost hectare is told under (methods §11): the loss that did not become crop (forest_loss.hpp's
/// not_crop) is split into *associated*, each class of a driver raster, and *unattributed*; per region and year the
/// mechanisms still sum to the total exactly.
///
/// associated: loss within `radius` of plots first seen about the year of the loss, beyond what would be lost there
/// anyway, as the ground farther out around the same plots tells (regions/associated_loss). It is taken from the
/// drivers that the map shows for direct loss, which lies beside it; what is expected stays with its driver.
///
/// Each driver's loss is what the map shows without direct and associated loss; where the map's accuracy is known, the
/// rest is told by the causes behind the map's classes (regions/driver_accuracy), not by the classes.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "regions/driver_accuracy.hpp"
#include "regions/forest_loss.hpp"

namespace vereda::regions {

/// Metres (d): a field's path, camp and food crops lie within a few hundred metres.
inline constexpr double kAssociatedRadius = 250;

struct AttributionInputs {
    LossInputs loss;
    const raster::RasterSource* drivers = nullptr;  ///< classes; nullptr: everything left is unattributed
    std::map<int, std::string> driver_names;        ///< a class without a name is told by its number
    geo::Metres radius{kAssociatedRadius};
    DriverAccuracy driver_accuracy = {};  ///< empty: the map is taken as it is
};

/// forest_loss() with not_crop split: mechanisms "direct_lag_L", "associated", "driver_NAME", "unattributed".
[[nodiscard]] std::vector<LossRow> attributed_loss(const RegionSet& regions, std::span<const Survey> surveys,
                                                   const AttributionInputs& inputs, std::span<const int> years,
                                                   geo::Parallelism parallelism, geo::Diagnostics& diagnostics,
                                                   geo::Progress* progress = nullptr);

/// One mechanism over all regions and years, and how far other reasonable choices move it: radius halved and doubled,
/// associated loss at the ends of its 95 % interval, longest lag 1, 3 and 5, tree cover from 10, 30 and 50 percent,
/// drivers as mapped, one choice changed at a time.
struct LossRange {
    std::string mechanism;  ///< "direct" for all lags together
    geo::Hectares area;
    geo::Hectares lo;
    geo::Hectares hi;
    std::string lo_choice;  ///< "radius_m=125"; empty: the default itself
    std::string hi_choice;
};

struct RangedLoss {
    std::vector<LossRow> rows;  ///< of the choices given, as attributed_loss() has them
    std::vector<LossRange> range;
};

/// attributed_loss() with its range; rasters and outlines are read once for all choices.
[[nodiscard]] RangedLoss ranged_loss(const RegionSet& regions, std::span<const Survey> surveys,
                                     const AttributionInputs& inputs, std::span<const int> years,
                                     geo::Parallelism parallelism, geo::Diagnostics& diagnostics,
                                     geo::Progress* progress = nullptr);

/// Carbon in above-ground biomass that stood on lost cells, by region and year: mean over the lost cells, in tonnes of
/// biomass per hectare (classes of 5 t/ha up to 600).
[[nodiscard]] std::map<std::pair<std::string, int>, double> biomass_of_loss(const RegionSet& regions,
                                                                            const LossInputs& inputs,
                                                                            const raster::RasterSource& biomass,
                                                                            geo::Parallelism parallelism);

/// Tonnes of carbon per tonne of dry biomass: IPCC 2006, vol. 4, table 4.3 (tropical forest 0.47, range 0.43-0.51).
struct CarbonFraction {
    double mean = 0.47;
    double lo = 0.43;
    double hi = 0.51;
};

}  // namespace vereda::regions
