/// Patches: connected components as polygons, with the figures that go with them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "geo/geometry.hpp"
#include "geo/quantity.hpp"
#include "raster/components.hpp"

namespace vereda::raster {

struct PatchOptions {
    ComponentOptions components;            ///< runs and areas are set here, whatever they say
    geo::SquareMetres minimum_area{0};      ///< minimum mapping unit: smaller patches are left out, after filling
    geo::SquareMetres fill_holes_up_to{0};  ///< see raster/fill_holes; 0: none
    /// Correlation of the errors of neighbouring boundary cells, 0 ≤ ρ < 1; see Patch::area_sd.
    double edge_correlation = 0;
};

struct Patch {
    double class_value = 0;
    std::int64_t cells = 0;    ///< filled ones included
    geo::SquareMetres area;    ///< on the ellipsoid, filled holes included
    geo::SquareMetres filled;  ///< the holes' part of it
    /// Error of the area through mixed cells (d): the share of a boundary cell that is truly of the class is taken as
    /// uniform over 0 … 1, variance 1/12, so that sd = a·√(n/12 · (1 + ρ)/(1 − ρ)) with n boundary cells (inside, with
    /// a side towards the outside) of mean ground area a. With ρ = 0 this agrees within a few per cent with the error
    /// of counting cells by their centres, for round plots (D. G. Kendall, "On the number of lattice points inside a
    /// random oval", Quart. J. Math. 19, 1-26, 1948); that it grows with the square root of the number of boundary
    /// cells is P. F. Crapper's (Photogramm. Eng. Remote Sens. 46, 1295-1301, 1980). ρ is the correlation of
    /// neighbouring boundary cells' errors; the factor is the variance inflation of a long first-order autoregressive
    /// series. A shift common to the whole patch does not change its area; wrong classes of whole cells are not in it.
    geo::SquareMetres area_sd;
    std::int64_t boundary_cells = 0;
    geo::Metres perimeter;                   ///< along cell edges, holes included: longer than a smooth outline
    std::optional<double> mean_probability;  ///< over the cells that have one, filled ones not counted
    bool touches_edge = false;
    Window bounds;
    int first_row = 0;  ///< of its first cell, row by row from the top left
    int first_col = 0;
    geo::MultiPolygon polygons;  ///< see raster/polygonise
};

using PatchSink = std::function<void(Patch&&)>;

/// Throws what find_components() throws. Patches come in the order of their components. Returns how many were left out
/// for being below the minimum area.
std::int64_t find_patches(const RasterSource& classes, const PatchOptions& options, const PatchSink& sink);

/// Cells of the runs that have a side which no cell of the runs shares.
[[nodiscard]] std::int64_t boundary_cells(std::span<const Run> runs);

}  // namespace vereda::raster
