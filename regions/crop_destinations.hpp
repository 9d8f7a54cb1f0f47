/// What land crop came to: primary forest, other forest, fallow or open land, and within parks, indigenous land and the
/// other kinds of zones. Equal hectares are not equal harm: forest and the carbon in it stand beside each.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "raster/zonal.hpp"
#include "regions/forest_loss.hpp"
#include "regions/zone.hpp"

namespace vereda::regions {

/// Tree cover from which on forest is told as primary: (d), closed canopy; no source separates it by cover alone.
inline constexpr double kPrimaryCover = 75;

/// Ground on which crop was first seen in a year.
struct CropDestinationRow {
    /// "all", "primary_forest", "other_forest", "fallow" (less tree cover than forest has), which sum to "all"; then
    /// "zone_KIND", which may overlap each other.
    std::string destination;
    int year = 0;
    geo::Hectares area;
    std::optional<geo::Hectares> forest;  ///< of it, with the tree cover of forest in the base year
    std::optional<double> biomass_t_ha;   ///< dry above-ground biomass of that forest
};

/// Years after the first survey. Without tree cover only "all" and the zones, without forest.
[[nodiscard]] std::vector<CropDestinationRow> crop_destinations(const RegionSet& regions,
                                                                std::span<const Survey> surveys,
                                                                std::span<const Zone> zones, const LossInputs& inputs,
                                                                const raster::RasterSource* biomass,
                                                                const raster::ZonalOptions& options);

}  // namespace vereda::regions
