#include "app/analyses/run_context.hpp"

#include "raster/io/gdal_raster_source.hpp"

namespace vereda::app {

std::vector<std::string> RunContext::region_ids() const {
    std::vector<std::string> ids;
    for (const regions::Region& region : results.regions->regions())
        ids.push_back(region.id);
    return ids;
}

livelihoods::Registers RunContext::registers() const {
    return {.households = people.households,
            .programmes = people.programmes,
            .deliveries = people.deliveries,
            .incomes = people.incomes,
            .prices = people.prices,
            .indicators = people.indicators,
            .evidence = people.evidence,
            .incidents = people.incidents,
            .context = people.context,
            .eradication = results.eradication,
            .announcement = study.announcement_date};
}

std::unique_ptr<raster::RasterSource> RunContext::opened(const StudyRaster& raster) {
    return raster::io::open_raster(raster.band, {.crs = std::nullopt, .allow_references = settings.allow_references},
                                   diagnostics());
}

}  // namespace vereda::app
