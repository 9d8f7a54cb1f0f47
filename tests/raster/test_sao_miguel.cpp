/// Published figures of exactextractr's vignette data (isciences/exactextractr, Apache-2.0), where the folder of real
/// data is at hand.
#include <filesystem>
#include <map>
#include <sstream>

#include "geo/io/feature_reader.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "raster/zonal.hpp"
#include "tests/support/catch.hpp"

namespace vereda::tests {

namespace {

const std::string folder = std::string(VEREDA_SHARED_DIR) + "/data/oracles/zonal_sao_miguel/";

/// The figures were printed from single precision: eight digits and a bit.
void check_printed(const raster::ZonalColumn& column, const std::vector<double>& expected) {
    REQUIRE(column.values.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK(column.values[i].value() == Approx(expected[i]).epsilon(1e-8));
}

}  // namespace

TEST_CASE("the municipalities of São Miguel have the published means, sums, densities and classes") {
    if (!std::filesystem::exists(folder)) {
        WARN("real data not found, skipped: " << folder);
        return;
    }
    geo::Diagnostics diagnostics;
    const auto source = geo::io::open_features(folder + "concelhos.gpkg", {}, diagnostics);
    std::vector<raster::Zone> zones;
    geo::Feature feature;
    while (source->next(feature)) {
        std::string id;
        for (const geo::Value& value : feature.values)
            id += geo::to_text(value) + " ";
        zones.push_back({id, std::get<geo::MultiPolygon>(feature.geometry)});
    }
    REQUIRE(zones.size() == 6);
    const auto run = [&](const std::vector<std::pair<std::string, std::string>>& files,
                         const std::vector<std::string>& statistics, const std::string& weights = {}) {
        std::vector<std::unique_ptr<raster::RasterSource>> rasters;
        raster::ZonalRequest request;
        request.weights = weights;
        std::vector<std::string> names;
        for (const auto& [name, file] : files) {
            rasters.push_back(raster::io::open_raster({folder + file, 1}, {}, diagnostics));
            request.layers.push_back({name, rasters.back().get()});
            names.push_back(name);
        }
        for (const std::string& statistic : statistics)
            request.statistics.push_back(raster::parse_statistic(statistic, names));
        raster::ZonalOptions options;
        options.diagnostics = &diagnostics;
        // The file's order is not that of the figures, which are by name.
        return raster::sorted_by_id(raster::zonal(request, zones, source->crs().value(), options));
    };
    const auto dem = run({{"dem", "eu_dem_v11.tif"}}, {"mean"});
    check_printed(dem.columns[0], {233.720475, 453.808604, 274.439509, 375.483205, 312.035054, 418.779671});
    const auto population = run({{"pop", "gpw_v411_2020_count_2020.tif"}}, {"sum"});
    check_printed(population.columns[0], {14539.875, 4149.8505, 66866.708, 5293.9676, 31920.497, 9093.4492});
    const auto density =
        run({{"density", "gpw_v411_2020_density_2020.tif"}, {"land", "gpw_v411_2020_land_area_2020.tif"}},
            {"weighted_mean(density)"}, "land");
    check_printed(density.columns[0], {329.194907, 42.199871, 302.758725, 51.825136, 182.210751, 121.021868});
    const auto cover = run({{"clc", "clc2018_v2020_20u1.tif"}}, {"mode", "variety"});
    check_printed(cover.columns[0], {21, 24, 18, 23, 21, 21});
    check_printed(cover.columns[1], {11, 12, 21, 15, 16, 12});
}

}  // namespace vereda::tests
