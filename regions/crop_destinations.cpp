#include "regions/crop_destinations.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "geo/geodesic.hpp"
#include "geo/topology.hpp"
#include "raster/tabulate.hpp"
#include "regions/crop_ground.hpp"

namespace vereda::regions {

using namespace geo;

namespace {

constexpr double kBiomassStep = 5;
constexpr double kBiomassMost = 600;

/// Area, forest and biomass of one destination and year.
struct Sums {
    double area = 0;
    double forest = 0;
    double weighed = 0;  ///< forest with known biomass
    double tonnes = 0;
};

/// A piece of ground to be counted.
struct Ground {
    std::string name;  ///< "all", or "zone_KIND"
    int year = 0;
};

/// Without the first survey's: nobody knows since when that crop stood there.
std::map<int, MultiPolygon> ground_by_year(const RegionSet& regions, std::span<const Survey> surveys,
                                           Parallelism parallelism) {
    std::map<int, MultiPolygon> years;
    if (surveys.empty()) return years;
    const int first = std::ranges::min(surveys, {}, &Survey::year).year;
    for (const FirstCrop& piece : first_crops(regions, surveys, parallelism)) {
        if (piece.year == first) continue;
        MultiPolygon& ground = years[piece.year];
        ground.insert(ground.end(), piece.ground.begin(), piece.ground.end());
    }
    return years;
}

std::map<std::string, MultiPolygon> ground_by_kind(std::span<const Zone> zones) {
    std::map<std::string, std::vector<MultiPolygon>> parts;
    for (const Zone& zone : zones)
        parts["zone_" + std::string(name_of(zone.kind))].push_back(zone.geometry);
    std::map<std::string, MultiPolygon> kinds;
    for (const auto& [kind, geometries] : parts)
        kinds[kind] = union_of(geometries);
    return kinds;
}

std::string forest_class(int cover_class) {
    return cover_class == 0 ? "fallow" : cover_class == 1 ? "other_forest" : "primary_forest";
}

}  // namespace

std::vector<CropDestinationRow> crop_destinations(const RegionSet& regions, std::span<const Survey> surveys,
                                                  std::span<const Zone> zones, const LossInputs& inputs,
                                                  const raster::RasterSource* biomass,
                                                  const raster::ZonalOptions& options) {
    std::vector<Ground> grounds;
    std::vector<raster::Zone> shapes;
    const auto add = [&](std::string name, int year, MultiPolygon shape) {
        if (shape.empty()) return;
        grounds.push_back({std::move(name), year});
        shapes.push_back({fmt::format("{:09}", shapes.size()), std::move(shape)});
    };
    const auto kinds = ground_by_kind(zones);
    for (auto& [year, ground] : ground_by_year(regions, surveys, options.parallelism)) {
        for (const auto& [kind, land] : kinds)
            add(kind, year, intersection(ground, land));
        add("all", year, std::move(ground));
    }
    if (shapes.empty()) return {};
    std::map<std::pair<std::string, int>, Sums> sums;
    if (inputs.tree_cover == nullptr) {
        for (std::size_t i = 0; i < shapes.size(); ++i)
            sums[{grounds[i].name, grounds[i].year}].area +=
                to_hectares(ellipsoidal_area(shapes[i].geometry, regions.crs())).value();
    } else {
        const double primary = std::max(kPrimaryCover, inputs.tree_cover_min + 1);
        std::vector<raster::KeyLayer> layers{
            {"tree cover", inputs.tree_cover, raster::Classing::by_breaks({inputs.tree_cover_min, primary})}};
        std::vector<double> breaks;
        for (double at = kBiomassStep; at < kBiomassMost; at += kBiomassStep)
            breaks.push_back(at);
        if (biomass != nullptr)
            layers.push_back({"biomass", biomass, raster::Classing::by_breaks(breaks).with_missing()});
        for (const raster::TabulatedArea& row : raster::tabulate(layers, shapes, regions.crs(), options)) {
            const Ground& ground = grounds[row.zone];
            const int cover = row.keys[0].value_or(0);
            const double area = row.area.value();
            const auto count = [&](const std::string& name) {
                Sums& sum = sums[{name, ground.year}];
                sum.area += area;
                if (cover == 0) return;
                sum.forest += area;
                if (biomass == nullptr || !row.keys[1]) return;
                sum.weighed += area;
                sum.tonnes += area * (*row.keys[1] + 0.5) * kBiomassStep;
            };
            count(ground.name);
            if (ground.name == "all") count(forest_class(cover));
        }
    }
    std::vector<CropDestinationRow> rows;
    for (const auto& [key, sum] : sums) {
        CropDestinationRow row{key.first, key.second, Hectares(sum.area), std::nullopt, std::nullopt};
        if (inputs.tree_cover != nullptr) row.forest = Hectares(sum.forest);
        if (sum.weighed > 0) row.biomass_t_ha = sum.tonnes / sum.weighed;
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace vereda::regions
