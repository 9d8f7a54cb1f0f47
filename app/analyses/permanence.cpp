#include "regions/permanence.hpp"

#include "app/analyses/registry_rows.hpp"

namespace vereda::app {

using namespace geo;

void read_permanence(RunContext& run) {
    report::RunResults& results = run.results;
    if (results.surveys.empty()) return run.skip("permanence", "skipped.no_surveys"_msg);
    regions::Permanence found =
        regions::permanence(*results.regions, results.surveys, run.study.permanence, run.session.parallelism,
                            run.diagnostics(), &run.session.progress, results.samples);
    if (found.crops.empty()) return run.skip("permanence", "skipped.series_too_short"_msg);
    results.permanence_regions = regions::permanence_by_region(found, *results.regions);
    results.permanence = std::move(found);
}

}  // namespace vereda::app
