#include "app/analyses/registry_rows.hpp"
#include "app/displacement_inputs.hpp"
#include "geo/topology.hpp"
#include "regions/displaced_loss.hpp"
#include "regions/loss_attribution.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// The rasters that forest loss is read from, open for one analysis.
struct ForestRasters {
    std::unique_ptr<raster::RasterSource> loss_year;
    std::unique_ptr<raster::RasterSource> tree_cover;
    std::unique_ptr<raster::RasterSource> drivers;
    std::unique_ptr<raster::RasterSource> biomass;
};

ForestRasters open_rasters(RunContext& run) {
    const StudyForest& forest = run.study.forest;
    const auto opened = [&](const std::optional<StudyRaster>& raster) {
        return raster ? run.opened(*raster) : nullptr;
    };
    return {run.opened(*forest.loss_year), opened(forest.tree_cover), opened(forest.drivers), opened(forest.biomass)};
}

regions::AttributionInputs inputs_of(const ForestRasters& rasters, const StudyForest& forest, RunContext& run) {
    regions::AttributionInputs inputs;
    inputs.loss.loss_year = rasters.loss_year.get();
    inputs.loss.base_year = forest.loss_base;
    inputs.loss.tree_cover = rasters.tree_cover.get();
    inputs.loss.tree_cover_min = forest.tree_cover_min;
    inputs.drivers = rasters.drivers.get();
    inputs.driver_names = forest.driver_names;
    inputs.radius = Metres(forest.associated_radius_m);
    if (forest.driver_accuracy)
        inputs.driver_accuracy = read_driver_accuracy(*forest.driver_accuracy, run.diagnostics());
    return inputs;
}

/// One "region" per kind of zone, so that losses in parks, on indigenous land … stand side by side. Kinds may overlap.
std::optional<regions::RegionSet> zone_kinds(const RunContext& run) {
    std::map<std::string, std::vector<MultiPolygon>> by_kind;
    for (const regions::Zone& zone : run.results.zones)
        by_kind[std::string(regions::name_of(zone.kind))].push_back(zone.geometry);
    std::vector<regions::Region> kinds;
    for (const auto& [kind, parts] : by_kind) {
        regions::Region region;
        region.id = kind;
        region.name = kind;
        region.geometry = union_of(parts);
        kinds.push_back(std::move(region));
    }
    if (kinds.empty()) return std::nullopt;
    Diagnostics overlaps_are_meant;
    return regions::RegionSet(std::move(kinds), run.results.regions->crs(), {}, overlaps_are_meant);
}

void add_biomass(std::vector<regions::LossRow>& rows, const regions::RegionSet& regions,
                 const regions::AttributionInputs& inputs, const raster::RasterSource* biomass, const RunContext& run) {
    if (biomass == nullptr) return;
    const auto density = regions::biomass_of_loss(regions, inputs.loss, *biomass, run.session.parallelism);
    for (regions::LossRow& row : rows) {
        const auto found = density.find({row.region_id, row.year});
        if (found != density.end()) row.biomass_t_ha = found->second;
    }
}

}  // namespace

void measure_forest_loss(RunContext& run) {
    const StudyForest& forest = run.study.forest;
    if (!forest.loss_year) return run.skip("loss", "skipped.no_loss_raster"_msg);
    const ForestRasters rasters = open_rasters(run);
    const regions::AttributionInputs inputs = inputs_of(rasters, forest, run);
    report::RunResults& results = run.results;
    const regions::RegionSet& regions = *results.regions;
    const Parallelism parallelism = run.session.parallelism;
    regions::RangedLoss loss = regions::ranged_loss(regions, results.surveys, inputs, run.study.years, parallelism,
                                                    run.diagnostics(), &run.session.progress);
    results.loss = std::move(loss.rows);
    results.loss_range = std::move(loss.range);
    if (results.displacement) {
        regions::add_displaced_bounds(results.loss, results.displacement->result, results.displacement->arrivals,
                                      results.eradication, run.study.displacement.plan.lag);
    }
    add_biomass(results.loss, regions, inputs, rasters.biomass.get(), run);
    results.crop_destinations =
        regions::crop_destinations(regions, results.surveys, results.zones, inputs.loss, rasters.biomass.get(),
                                   {parallelism, nullptr, &run.session.progress, {}});
    if (const auto kinds = zone_kinds(run)) {
        Diagnostics of_zones;
        results.loss_destinations =
            regions::attributed_loss(*kinds, results.surveys, inputs, run.study.years, parallelism, of_zones, nullptr);
        add_biomass(results.loss_destinations, *kinds, inputs, rasters.biomass.get(), run);
    }
}

}  // namespace vereda::app
