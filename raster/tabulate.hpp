/// Ground by zone and combination of classes of several rasters, counted in one pass of the zonal loop: loss by zone,
/// year, driver and canopy class.
///
/// Cells count by the fraction that the zone covers. Where the first raster leaves cells out, the others are not looked
/// at: put the one that leaves out most first. What zonal() says of grids, zones, memory and of results not depending
/// on threads holds here too.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "raster/classing.hpp"
#include "raster/zonal.hpp"

namespace vereda::raster {

struct KeyLayer {
    std::string name;                      ///< for messages
    const RasterSource* source = nullptr;  ///< cloned once per thread; outlives the call
    Classing classing;
};

struct TabulatedArea {
    std::size_t zone = 0;                  ///< position among the zones
    std::vector<std::optional<int>> keys;  ///< one per layer; nullopt: cells without a value
    double cells = 0;                      ///< of the finest raster, by fractions
    geo::Hectares area;
    friend bool operator==(const TabulatedArea&, const TabulatedArea&) = default;
};

/// Rows sorted by zone, then by keys in the order of the layers, those without a value last; combinations that no cell
/// has are left out. Zones outside the rasters have no rows. Throws Error(usage, "tabulate.too_many_classes") for more
/// than 2^32 − 1 combinations, and as zonal() does.
[[nodiscard]] std::vector<TabulatedArea> tabulate(std::span<const KeyLayer> layers, std::span<const Zone> zones,
                                                  const geo::Crs& zones_crs, const ZonalOptions& options = {});

}  // namespace vereda::raster
