/// A whole simulated study with its truth: what the program's answers can be held against.
///
///     const Landscape valle = simulate(*preset("valle"), 1);
///
/// The same parameters and seed give the same landscape on every machine with the same GEOS and mathematical library.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/crs.hpp"
#include "raster/raster.hpp"
#include "simulate/assistance.hpp"
#include "simulate/cultivation.hpp"
#include "simulate/economy.hpp"
#include "simulate/forest.hpp"
#include "simulate/landscape_parameters.hpp"
#include "simulate/registered_plots.hpp"
#include "simulate/sanctions.hpp"
#include "simulate/society.hpp"
#include "simulate/story.hpp"
#include "simulate/survey_view.hpp"
#include "simulate/territory.hpp"
#include "simulate/testimony.hpp"

namespace vereda::simulate {

struct Landscape {
    LandscapeParameters parameters;
    std::uint64_t seed = 0;
    geo::Crs crs;
    Territory land;
    Cultivation cultivation;
    Forest forest;
    std::vector<Story> stories;  ///< of each vereda
    Society people;
    Assistance assistance;
    Economy economy;
    Testimony testimony;
    std::vector<RegisteredPlot> registered_plots;
    std::vector<PastSanction> sanctions;
    SurveyView survey;
};

/// Throws Error(usage) for parameters out of range.
[[nodiscard]] Landscape simulate(const LandscapeParameters& parameters, std::uint64_t seed);

/// The study's rasters, all on one grid.
struct LandscapeRasters {
    raster::Raster<std::int16_t> elevation;   ///< metres
    raster::Raster<std::uint8_t> tree_cover;  ///< percent, year 2000
    raster::Raster<std::uint16_t> biomass;    ///< Mg/ha, year 2000
    raster::Raster<std::uint8_t> loss_year;   ///< years since 2000; 0: no loss
    raster::Raster<std::uint8_t> drivers;     ///< codes of Driver
};
[[nodiscard]] LandscapeRasters rasters_of(const Landscape& landscape);

}  // namespace vereda::simulate
