/// Exact-coverage statistics of rasters under polygons: the zonal loop, as one call.
///
/// Every cell counts by the fraction of it that the zone covers (exact, to 1e-9 of a cell). Zones may overlap, nest and
/// repeat. Zones are valid polygons (geo/topology's repair()); ring orientation does not matter. Their edges are
/// straight in their own CRS and are densified before they move into the rasters' one.
///
/// Memory: a few tiles per thread, the zones' vertices, and per zone what its statistics need: fixed for count, sum,
/// mean, min, max, variance and area; proportional to the number of distinct values under the zone for median,
/// quantile, mode, minority, variety, frac and crosstab. Nothing grows with the raster. Where ZonalOptions::memory is
/// short, tiles are read in lower bands, then by fewer threads, then the call is refused.
///
/// Results do not depend on threads, on the rasters' block shapes or on the order of the zones, to the last bit.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/crs.hpp"
#include "geo/diagnostic.hpp"
#include "geo/geometry.hpp"
#include "geo/parallel.hpp"
#include "geo/progress.hpp"
#include "geo/quantity.hpp"
#include "raster/raster_source.hpp"
#include "raster/statistic.hpp"

namespace vereda::raster {

struct Zone {
    std::string id;
    geo::MultiPolygon geometry;
};

struct Layer {
    std::string name;                      ///< as in `mean(name)`
    const RasterSource* source = nullptr;  ///< cloned once per thread; outlives the call
};

/// Where diagnostics go and how the work is run; all of it optional.
struct ZonalOptions {
    geo::Parallelism parallelism;
    geo::Diagnostics* diagnostics = nullptr;
    geo::Progress* progress = nullptr;
    geo::Locus zones_locus;                       ///< file and layer of the zones, for diagnostics and errors
    std::int64_t memory = std::int64_t{1} << 30;  ///< bytes for all of the call, the zones given included
    std::int64_t reserved = 0;                    ///< of these, for what the caller lets others keep (block caches)
};

struct ZonalRequest {
    std::vector<Layer> layers;  ///< grids must nest: same CRS, whole multiples, common edges
    std::vector<StatisticCall> statistics;
    std::string weights;  ///< name of the layer that weighted_mean and weighted_sum weigh by; may be empty
};

struct ZonalColumn {
    std::string name;
    std::string unit;                           ///< as in StatisticEntry
    bool whole_numbers = false;                 ///< every value is an integer (variety; classes of integer rasters)
    std::vector<std::optional<double>> values;  ///< one per zone, in the order of the zones; empty: nothing to tell
};

struct CrosstabRow {
    std::string zone;
    double class_a = 0;
    double class_b = 0;
    geo::Hectares area;
};

/// Rows of one crosstab(a, b), sorted by zone id, class_a, class_b; cells where either raster has no value are left
/// out.
struct CrosstabTable {
    std::string a;
    std::string b;
    std::vector<CrosstabRow> rows;
};

struct ZonalResult {
    std::vector<std::string> ids;      ///< of the zones, in the order given
    std::vector<ZonalColumn> columns;  ///< in the order of the statistics; frac gives one column per value, ascending
    std::vector<CrosstabTable> crosstabs;
    /// Share of each zone's planar area that lies on the rasters' common extent, 0 to 1.
    std::vector<double> covered_share;
};

/// The same result with rows sorted by id (bytewise, ties by position): the order outputs are written in.
[[nodiscard]] ZonalResult sorted_by_id(ZonalResult result);

/// Throws Error(input): "raster.grids_do_not_nest" naming both rasters; "zones.all_outside" when no zone touches the
/// rasters. Error(resource): "zonal.memory_too_small", telling what would do; "zonal.tables_too_large" as soon as the
/// tables of values outgrow the memory. Zones wholly outside have empty values; zones partly outside get a warning with
/// the covered share. Error(usage) for statistics that name unknown rasters or lack their weights.
[[nodiscard]] ZonalResult zonal(const ZonalRequest& request, std::span<const Zone> zones, const geo::Crs& zones_crs,
                                const ZonalOptions& options = {});

/// Ground area by zone and pair of classes. Zones outside the rasters have no rows; unlike zonal(), it is no error when
/// all are outside.
[[nodiscard]] std::vector<CrosstabRow> crosstab(const RasterSource& a, const RasterSource& b,
                                                std::span<const Zone> zones, const geo::Crs& zones_crs,
                                                const ZonalOptions& options = {});

/// Ground area by zone and class of one raster: class_b is 0 throughout.
[[nodiscard]] std::vector<CrosstabRow> class_areas(const RasterSource& source, std::span<const Zone> zones,
                                                   const geo::Crs& zones_crs, const ZonalOptions& options = {});

}  // namespace vereda::raster
