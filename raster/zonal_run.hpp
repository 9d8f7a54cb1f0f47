/// The zonal loop: outlines, tiles, blocks, kernels, and the fold of tiles into zones. Internal to raster/.
///
/// The common grid is cut into tiles of 512 × 512 cells and these into bands of 64 rows, whatever the blocks of the
/// files and the number of threads. Each zone is accumulated band by band, bands fold into tiles and tiles into zones
/// in row-major order: that fixes every rounding.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "raster/pair_table.hpp"
#include "raster/zonal.hpp"
#include "raster/zonal_kernel.hpp"
#include "raster/zonal_plan.hpp"

namespace vereda::raster::detail {

struct ZoneStates {
    std::size_t layers = 0;                ///< per zone
    std::size_t pairs = 0;                 ///< per zone
    std::vector<LayerState> layer_states;  ///< zone by zone
    std::vector<PairTable> pair_tables;    ///< zone by zone
    std::vector<ValueTable> key_tables;    ///< by zone, of codes; empty where the plan has no keys
    std::vector<double> area;              ///< square metres of ground, where the plan asks for it
    std::vector<double> covered_share;     ///< of the zone's planar area

    [[nodiscard]] const LayerState& layer(std::size_t zone, std::size_t l) const {
        return layer_states[zone * layers + l];
    }
    [[nodiscard]] const PairTable& pair(std::size_t zone, std::size_t p) const { return pair_tables[zone * pairs + p]; }
};

[[nodiscard]] ZoneStates run_zonal(const ZonalPlan& plan, std::span<const Zone> zones, const geo::Crs& zones_crs,
                                   const ZonalOptions& options);

}  // namespace vereda::raster::detail
