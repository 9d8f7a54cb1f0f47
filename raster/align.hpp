/// AlignedStack: several rasters on one grid of one CRS. Only align() makes one, so whoever holds it never asks about
/// CRS, cell size or extent again.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "geo/parallel.hpp"
#include "raster/raster_source.hpp"
#include "raster/resample.hpp"

namespace vereda::raster {

struct AlignInput {
    std::string name;
    const RasterSource* source = nullptr;
    Resampling how = Resampling::nearest;  ///< nearest or mode for classes, bilinear or average for quantities
};

class AlignedStack {
  public:
    [[nodiscard]] const Grid& grid() const { return grid_; }
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    /// Throws Error(usage, "raster.unknown_name").
    [[nodiscard]] const Raster<double>& layer(std::string_view name) const;

  private:
    friend AlignedStack align(const Grid& grid, std::span<const AlignInput> inputs, geo::Parallelism parallelism);
    explicit AlignedStack(Grid grid) : grid_(std::move(grid)) {}
    Grid grid_;
    std::vector<std::string> names_;
    std::vector<Raster<double>> layers_;
};

/// Sources already on the grid are taken cell by cell, all others are resampled. In memory: 9 bytes per cell and layer.
[[nodiscard]] AlignedStack align(const Grid& grid, std::span<const AlignInput> inputs,
                                 geo::Parallelism parallelism = {});

}  // namespace vereda::raster
