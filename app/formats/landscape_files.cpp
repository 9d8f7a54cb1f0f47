#include "app/formats/landscape_files.hpp"

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/formats/landscape_layers.hpp"
#include "app/formats/landscape_study.hpp"
#include "app/formats/simulated_study.hpp"
#include "raster/io/geotiff_writer.hpp"
#include "simulate/study_tables.hpp"

namespace vereda::app {

namespace fs = std::filesystem;

namespace {

geo::TextTable markets(const simulate::Landscape& landscape) {
    const geo::CrsTransform transform(landscape.crs, geo::Crs::wgs84());
    geo::TextTable out;
    out.columns = {"kind", "name", "lon", "lat", "capacity", "open_months"};
    for (const simulate::Place& market : landscape.land.markets) {
        const geo::Point p = transform.forward(market.point);
        const auto degrees = [](double value) { return std::to_string(value); };  // six decimals: a decimetre
        out.rows.push_back({0,
                            {market.kind, market.name, degrees(p.x), degrees(p.y), std::to_string(market.capacity),
                             market.open_months}});
    }
    return out;
}

template <class T>
void write_raster(const fs::path& path, const raster::Raster<T>& raster, const char* description, const char* unit) {
    raster::io::GeotiffOptions options;
    options.cloud_optimised = false;  // small enough to be read whole; overviews would only add bytes
    options.description = description;
    options.unit = unit;
    raster::io::write_geotiff(path.string(), raster, options);
}

void write_rasters(const simulate::Landscape& landscape, const fs::path& folder) {
    const simulate::LandscapeRasters rasters = simulate::rasters_of(landscape);
    write_raster(folder / "dem.tif", rasters.elevation, "elevation", "m");
    write_raster(folder / "treecover.tif", rasters.tree_cover, "tree cover 2000", "%");
    write_raster(folder / "biomass.tif", rasters.biomass, "above-ground biomass 2000", "Mg/ha");
    write_raster(folder / "lossyear.tif", rasters.loss_year, "year of forest loss since 2000", "");
    write_raster(folder / "drivers.tif", rasters.drivers, "driver of forest loss", "");
}

/// Displaced crop is planted in the two years after its removal, within the belt.
std::string truth_json(const simulate::Landscape& landscape) {
    double removed = 0;
    double displaced = 0;
    for (const simulate::Operation& operation : landscape.cultivation.operations) {
        removed += operation.removed.value();
        displaced += operation.displaced.value();
    }
    nlohmann::ordered_json json;
    json["preset"] = "valle";
    json["seed"] = landscape.seed;
    json["displaced_share"] = removed > 0 ? displaced / removed : 0;
    json["within_km"] = landscape.parameters.cultivation.belt.value() / 1000;
    json["within_years"] = 2;
    json["events"] = landscape.cultivation.operations.size();
    json["removed_ha"] = std::round(removed * 1e4) / 1e4;
    json["moved_within_belt_ha"] = std::round(displaced * 1e4) / 1e4;
    return json.dump(2) + "\n";
}

}  // namespace

void write_landscape(const simulate::Landscape& landscape, const std::string& folder, geo::Progress& progress) {
    SimulatedStudy study;
    study.study_toml = landscape_study_toml(landscape);
    study.layers = landscape_layers(landscape);
    study.tables = simulate::register_tables(landscape);
    study.tables.push_back({"markets", markets(landscape)});
    study.truth = simulate::truth_tables(landscape);
    study.truth_json = truth_json(landscape);
    study.run_json = simulation_run_json({"valle", landscape.seed});
    study.rasters = [&landscape](const std::string& target) { write_rasters(landscape, target); };
    write_simulated_study(study, folder, progress);
}

}  // namespace vereda::app
