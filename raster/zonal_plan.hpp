/// What a zonal request asks of each raster, worked out before any cell is read. Internal to raster/.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "raster/classing.hpp"
#include "raster/grid.hpp"
#include "raster/zonal.hpp"

namespace vereda::raster::detail {

struct LayerNeeds {
    bool sums = false;     ///< count, sum, mean
    bool squares = false;  ///< variance
    bool extremes = false;
    bool cover_table = false;  ///< coverage by value
    bool area_table = false;   ///< ground area by value
    bool valid_area = false;   ///< ground area of cells with a value
    bool weighted = false;     ///< sums with the weights raster
    [[nodiscard]] bool table() const { return cover_table || area_table; }
    [[nodiscard]] bool moments() const { return sums || squares || extremes || valid_area; }
};

struct LayerPlan {
    std::string name;
    const RasterSource* source = nullptr;
    Nesting nesting;   ///< of the layer's grid over the common grid
    Window on_common;  ///< cells of the common grid that the layer covers
    LayerNeeds needs;
};

struct PairPlan {
    std::size_t a = 0;
    std::size_t b = 0;
};

struct ZonalPlan {
    Grid grid;  ///< the common grid: the finest cells over the union of all extents
    std::vector<LayerPlan> layers;
    std::vector<PairPlan> pairs;
    std::vector<Classing> keys;  ///< one per layer where combinations of classes are counted; else empty
    std::size_t weights = 0;
    bool weighted = false;
    bool zone_area = false;
};

/// Layers laid over their common grid, nothing needed yet. Throws Error(input, "raster.grids_do_not_nest").
[[nodiscard]] ZonalPlan plan_layers(const std::vector<Layer>& layers);
/// The whole plan. Throws Error(usage) for names that are not there.
[[nodiscard]] ZonalPlan plan_request(const ZonalRequest& request);
/// Position of the named layer. Throws Error(usage, "raster.unknown_name").
[[nodiscard]] std::size_t layer_position(const ZonalPlan& plan, const std::string& name);

}  // namespace vereda::raster::detail
