#include "app/formats/displacement_landscape_files.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "app/formats/displacement_study_files.hpp"
#include "app/formats/survey_layers.hpp"
#include "raster/io/geotiff_writer.hpp"
#include "simulate/displacement_tables.hpp"

namespace vereda::app {

namespace {

namespace fs = std::filesystem;
using geo::io::LayerToWrite;

std::vector<LayerFile> layers(const simulate::DisplacementLandscape& landscape) {
    const simulate::DisplacementStudy& study = landscape.study;
    std::vector<LayerFile> out;
    out.push_back({"regions.gpkg", {frontier_regions(study.land, study.crs)}});
    out.push_back({"zones.gpkg", frontier_zones(study.land, study.crs)});
    for (const regions::Survey& survey : landscape.surveys) {
        out.push_back({fmt::format("plots_{}.gpkg", survey.year), {survey_layer(survey, study.crs)}});
        out.push_back(
            {fmt::format("observed_{}.gpkg", survey.year), {observed_layer(survey.year, *survey.observed, study.crs)}});
    }
    std::vector<regions::EradicationEvent> told;
    for (std::size_t e = 0; e < study.eradication.size(); ++e) {
        if (landscape.ground.removed[e] > 0) told.push_back(study.eradication[e]);
    }
    out.push_back({"eradication.gpkg", {eradication_layer(told, study.crs)}});
    return out;
}

raster::Grid grid_of(const simulate::Frame& frame, const geo::Crs& crs) {
    return {crs, frame.north_west, frame.cell, frame.cell, frame.columns, frame.rows};
}

template <class Values>
void write_bytes(const fs::path& path, const raster::Grid& grid, const Values& values,
                 const raster::io::GeotiffOptions& options) {
    std::vector<std::uint8_t> cells;
    cells.reserve(values.size());
    for (const auto value : values)
        cells.push_back(static_cast<std::uint8_t>(value));
    raster::io::write_geotiff(path.string(), raster::Raster<std::uint8_t>(grid, std::move(cells)), options);
}

void write_rasters(const simulate::DisplacementLandscape& landscape, const fs::path& folder) {
    const simulate::FrontierForest& forest = landscape.forest;
    const geo::Crs& crs = landscape.study.crs;
    const raster::Grid grid = grid_of(forest.frame, crs);
    raster::io::GeotiffOptions options;
    options.cloud_optimised = false;
    options.deflate_level = 3;
    options.description = "tree cover before the first year";
    options.unit = "%";
    write_bytes(folder / "treecover.tif", grid, forest.tree_cover, options);
    options.unit.clear();
    options.description = "year of forest loss since 2000, as mapped";
    write_bytes(folder / "lossyear.tif", grid, forest.mapped_year, options);
    options.description = "true year of forest loss since 2000";
    fs::create_directories(folder / "truth");
    write_bytes(folder / "truth" / "lossyear.tif", grid, forest.true_year, options);
    options.description = "true mechanism of forest loss";
    for (int code = 1; code <= 5; ++code)
        options.class_names[code] = std::string(name_of(static_cast<simulate::LossMechanism>(code)));
    write_bytes(folder / "truth" / "mechanism.tif", grid, forest.mechanism, options);
    options.class_names.clear();
    using simulate::MappedDriver;
    for (const MappedDriver driver :
         {MappedDriver::cattle, MappedDriver::fire, MappedDriver::other, MappedDriver::shifting_cultivation})
        options.class_names[static_cast<int>(driver)] = std::string(name_of(driver));
    options.description = "driver of forest loss";
    write_bytes(folder / "drivers.tif", grid_of(forest.driver_frame, crs), forest.drivers, options);
}

std::string study_toml(const simulate::DisplacementLandscape& landscape) {
    const simulate::DisplacementStudy& study = landscape.study;
    std::string out = frontier_head_toml(study, "Una frontera simulada / a simulated frontier", "");
    out += frontier_zones_toml(study.land);
    out += R"([rasters]
forest_loss_year = "lossyear.tif"  # años como los da un mapa: algunos uno antes o después / some a year early or late
forest_loss_base = 2000
tree_cover = "treecover.tif"
tree_cover_min = 30
drivers = "drivers.tif"
driver_names = ["1=cattle", "4=fire", "5=other", "6=shifting_cultivation"]
driver_accuracy = "driver_accuracy.csv"   # lo que el mapa muestra para cada causa / what the map shows for each cause

[events]
eradication = "eradication.gpkg"

)";
    for (const regions::Survey& survey : landscape.surveys) {
        out += fmt::format(R"([[surveys]]
year = {0}
crop = "coca"
plots = "plots_{0}.gpkg"
observed = "observed_{0}.gpkg"
position_error_m = {1}

)",
                           survey.year, survey.position_error->value());
    }
    return out;
}

}  // namespace

SimulatedStudy displacement_landscape_study(const simulate::DisplacementLandscape& landscape) {
    SimulatedStudy out;
    out.study_toml = study_toml(landscape);
    out.layers = layers(landscape);
    out.rasters = [&landscape](const std::string& folder) { write_rasters(landscape, folder); };
    out.tables.push_back({"driver_accuracy", simulate::driver_accuracy_table(landscape)});
    out.truth = simulate::displacement_truth_tables(landscape);
    out.truth_json = displacement_truth_json(landscape);
    out.run_json = simulation_run_json({landscape.study.parameters.preset, landscape.study.seed});
    return out;
}

}  // namespace vereda::app
