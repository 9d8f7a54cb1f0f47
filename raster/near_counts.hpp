/// What happened to cells near marked ones, year by year, and how much of such ground there was: forest lost within
/// some distances of new fields, and forest that stood there and might have been.
///
/// A cell of year y lies in band b where the nearest centre of a cell marked in a year of [y - before, y + after] is
/// more than edges[b - 1] and at most edges[b] metres away (centre to centre, in the plane of the grid's CRS, along
/// parallels and meridians of geographic ones). Cells that are marked themselves, in any year, are in no band.
///
/// Works tile by tile; the discs around marked runs are painted, the widest first, so that the cost is that of filling
/// bytes and not of searching. Results do not depend on threads.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "raster/tabulate.hpp"

namespace vereda::raster {

/// Cells [col_begin, col_end) of one row, marked in `year`.
struct MarkedRun {
    int row = 0;
    int col_begin = 0;
    int col_end = 0;
    int year = 0;
};

/// The part of a cell that was first marked in `year`.
struct MarkedShare {
    std::int64_t cell = 0;  ///< row × width + column
    int year = 0;
    double share = 0;
};

struct NearRequest {
    const RasterSource* event_year = nullptr;  ///< value v > 0: the cell's one event was in year base_year + v
    int base_year = 0;
    std::optional<KeyLayer> stratum;      ///< key 0 is left out; without it all cells have key 1
    std::optional<KeyLayer> kind;         ///< of events, keys of whole numbers; cells without a value have no key
    std::span<const MarkedRun> runs;      ///< sorted by row; what cells are near to
    std::span<const MarkedShare> shares;  ///< sorted by cell
    std::vector<geo::Metres> edges;       ///< ascending
    int first_year = 0;
    int last_year = 0;
    int before = 0;
    int after = 0;
};

/// Ground in a band, in one block of cells: with no event before the year, and with its event in it.
struct NearGround {
    std::size_t zone = 0;
    std::int64_t block = 0;
    int year = 0;
    int band = 0;
    int stratum = 0;
    double exposed = 0;   ///< hectares
    double happened = 0;  ///< hectares
};

/// Hectares whose event was in `year`: in a band, or on marked ground.
struct NearEvent {
    std::size_t zone = 0;
    int year = 0;
    int band = 0;         ///< -1: on marked ground
    int marked_year = 0;  ///< where it is on marked ground
    int stratum = 0;
    std::optional<int> kind;
    double hectares = 0;
};

struct NearCounts {
    std::vector<NearGround> ground;  ///< sorted by block, zone, year, band, stratum
    std::vector<NearEvent> events;   ///< sorted by all that comes before hectares
    double cell_hectares = 0;        ///< of the cell in the middle
};

/// The finest grid of the request's rasters, over all of them: what runs and shares count their cells in. Throws as
/// tabulate() does.
[[nodiscard]] Grid near_grid(const NearRequest& request);

/// Cells count by the fraction that a zone covers and by their ground area.
[[nodiscard]] NearCounts near_counts(const NearRequest& request, std::span<const Zone> zones, const geo::Crs& zones_crs,
                                     const ZonalOptions& options = {});

}  // namespace vereda::raster
