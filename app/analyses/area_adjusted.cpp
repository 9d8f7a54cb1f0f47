#include "regions/area_adjusted.hpp"

#include "app/analyses/registry_rows.hpp"

namespace vereda::app {

using namespace geo;

void adjust_areas(RunContext& run) {
    report::RunResults& results = run.results;
    if (results.surveys.empty()) return run.skip("area_adjusted", "skipped.no_surveys"_msg);
    Progress* progress = &run.session.progress;
    regions::AdjustmentOptions options = run.study.adjustment;
    options.samples = results.samples;
    results.area_adjusted = regions::adjusted_areas(*results.regions, results.surveys, results.eradication, options,
                                                    run.session.parallelism, progress);
    results.plot_parts =
        regions::plot_parts(*results.regions, results.zones, results.surveys, run.session.parallelism, progress);
    const regions::PartIntervals intervals{results.surveys, results.samples};
    results.area_zones = regions::areas_by_zone(results.plot_parts, intervals);
    results.holdings = regions::holdings_by_size(results.plot_parts, run.study.holding_classes_ha, intervals);
}

}  // namespace vereda::app
