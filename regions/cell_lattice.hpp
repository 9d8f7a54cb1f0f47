/// The square cells that hold land of a set of regions, aligned at multiples of their size from the CRS's origin.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "geo/parallel.hpp"
#include "regions/region_set.hpp"

namespace vereda::regions {

class CellLattice {
  public:
    struct Cell {
        int column = 0;
        int row = 0;
        double land_m2 = 0;  ///< within regions, planar
        /// Land by region, ascending; square metres.
        std::vector<std::pair<std::size_t, double>> regions;
        /// The land itself where it is not the whole cell.
        geo::MultiPolygon border_land;
    };

    /// Throws Error(usage, "permanence.too_many_cells") before it makes more than twenty million.
    CellLattice(const RegionSet& regions, geo::Metres cell, geo::Parallelism parallelism);

    /// By row, then column.
    [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }
    [[nodiscard]] std::optional<std::size_t> find(int column, int row) const;
    [[nodiscard]] int index_of(double coordinate) const;
    [[nodiscard]] geo::MultiPolygon outline(int column, int row) const;
    /// The cell's land within regions.
    [[nodiscard]] geo::MultiPolygon land(const Cell& cell) const;

  private:
    double size_;
    std::vector<Cell> cells_;
};

}  // namespace vereda::regions
