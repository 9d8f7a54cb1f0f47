#include "simulate/landscape.hpp"

#include <cmath>

namespace vereda::simulate {

Landscape simulate(const LandscapeParameters& given, std::uint64_t seed) {
    const LandscapeParameters parameters = validated(given);
    Territory land = territory(parameters, seed);
    Surface tree_cover = tree_cover_of(land, seed);
    Cultivation cultivation = cultivate(parameters.cultivation, land, tree_cover, seed);
    Forest forest = forest_with_losses(parameters, land, std::move(tree_cover), cultivation, seed);
    std::vector<Story> tales = stories(land, cultivation, seed);
    Society people = society(parameters.people, land, cultivation, tales, seed);
    Assistance help = assistance(parameters.people, land, people, tales, seed);
    Economy accounts = economy(parameters.people, people, tales, seed);
    Testimony told = testimony(parameters, land, tales, seed);
    std::vector<RegisteredPlot> small = registered_plots(parameters, land, people, seed);
    std::vector<PastSanction> past = past_sanctions(parameters, people, small, seed);
    SurveyView view = surveyed(parameters, land, cultivation, people, seed);
    return {parameters,
            seed,
            geo::Crs::parse(parameters.crs),
            std::move(land),
            std::move(cultivation),
            std::move(forest),
            std::move(tales),
            std::move(people),
            std::move(help),
            std::move(accounts),
            std::move(told),
            std::move(small),
            std::move(past),
            std::move(view)};
}

namespace {

template <class T, class Values>
raster::Raster<T> raster_of(const raster::Grid& grid, const Values& values) {
    std::vector<T> cells;
    cells.reserve(values.size());
    for (const auto value : values)
        cells.push_back(static_cast<T>(value));
    return raster::Raster<T>(grid, std::move(cells));
}

std::vector<double> rounded(const std::vector<double>& values) {
    std::vector<double> out;
    out.reserve(values.size());
    for (const double value : values)
        out.push_back(std::round(value));
    return out;
}

}  // namespace

LandscapeRasters rasters_of(const Landscape& landscape) {
    const Frame& frame = landscape.land.frame;
    const raster::Grid grid{landscape.crs, frame.north_west, frame.cell, frame.cell, frame.columns, frame.rows};
    return {raster_of<std::int16_t>(grid, rounded(landscape.land.elevation.values)),
            raster_of<std::uint8_t>(grid, landscape.forest.tree_cover.values),
            raster_of<std::uint16_t>(grid, landscape.forest.biomass.values),
            raster_of<std::uint8_t>(grid, landscape.forest.loss_year),
            raster_of<std::uint8_t>(grid, landscape.forest.driver)};
}

}  // namespace vereda::simulate
