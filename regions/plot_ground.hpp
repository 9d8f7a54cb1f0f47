/// The ground that the plots of one survey cover, each square metre once.
///
/// Plots that overlap form one patch of ground; every other plot is a patch of its own. Planar work in the analysis
/// CRS.
#pragma once

#include <cstddef>
#include <vector>

#include "geo/geometry.hpp"
#include "geo/parallel.hpp"
#include "geo/quantity.hpp"
#include "geo/spatial_index.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

struct GroundPatch {
    std::vector<std::size_t> plots;  ///< positions in the survey, ascending
    geo::MultiPolygon geometry;      ///< union of their outlines
    double planar_area = 0;          ///< squared units of the analysis CRS
    geo::SquareMetres area;          ///< ellipsoidal, overlaps counted once
};

/// Patches in the order of their first plot.
[[nodiscard]] std::vector<GroundPatch> plot_ground(const Survey& survey, geo::Parallelism parallelism);

}  // namespace vereda::regions
