/// A displacement study on the ground: plots, surveys, forest and maps instead of a panel of cells.
///
/// A landscape of 180 by 120 km with a neighbouring country in the east, small enough for a raster of 31.25 m. Because
/// of its size, far_balloon moves all its crop abroad here, not 300 km within the country.
#pragma once

#include <cstdint>
#include <vector>

#include "regions/survey.hpp"
#include "simulate/frontier_forest.hpp"

namespace vereda::simulate {

/// The preset on the land of a landscape: 36 by 24 cells of 5 km, 9,000 ha of crop, 60 operations, 12 years.
[[nodiscard]] DisplacementParameters on_the_ground(DisplacementParameters parameters);

struct LandscapeView {
    geo::Metres jitter{5};
    double cloud_share = 0.06;
    double missed_share = 0.03;  ///< plots that an interpreter overlooks: 0.06 under 0.3 ha, 0.02 above
};

struct DisplacementLandscape {
    /// `truth` and `eradication` are those of the plots: hectares and footprints as they lie. An operation that found
    /// no plot to remove has no hectares.
    DisplacementStudy study;
    FrontierPlots ground;
    FrontierForest forest;
    std::vector<regions::Survey> surveys;      ///< one per year
    std::vector<std::vector<int>> true_plots;  ///< of each survey's plots, in their order: ids of FrontierPlot
};

/// `parameters` as on_the_ground() makes them: the raster's cells must be few enough for memory (22 million there).
/// Throws Error(usage, "simulate.parameter").
[[nodiscard]] DisplacementLandscape displacement_landscape(const DisplacementParameters& parameters, std::uint64_t seed,
                                                           const LandscapeView& view = {});

}  // namespace vereda::simulate
