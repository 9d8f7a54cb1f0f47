/// Crop on the cells of a raster: which cells it first came to in which year, and where the new plots lie.
///
/// Maps of loss tell of whole cells, so a cell is crop's as a whole from the first year on in which plots cover at
/// least half of it. A plot too small to cover half of any cell counts on each of its cells by the part covered. A plot
/// is new where at least half of its cells were not crop in an earlier survey: outlines drawn anew a few metres off
/// make no new plot. Plots of the first of several years are not new: nobody knows since when they stand.
#pragma once

#include <span>
#include <vector>

#include "geo/parallel.hpp"
#include "raster/near_counts.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

struct CropCells {
    std::vector<raster::MarkedShare> shares;  ///< sorted by cell, then year; a cell's sum to at most 1
    std::vector<raster::MarkedRun>
        new_plots;  ///< sorted by row, column, year; of the cell most covered where none is by half
};

/// Crops of all kinds count together. `crs` is that of the surveys.
[[nodiscard]] CropCells crop_cells(std::span<const Survey> surveys, const geo::Crs& crs, const raster::Grid& grid,
                                   geo::Parallelism parallelism);

}  // namespace vereda::regions
