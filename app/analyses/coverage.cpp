#include "livelihoods/coverage.hpp"

#include "app/analyses/registry_rows.hpp"

namespace vereda::app {

using namespace geo;

void count_coverage(RunContext& run) {
    if (!run.study.people.households) return run.skip("coverage", "skipped.no_households"_msg);
    if (!run.study.people.deliveries) return run.skip("coverage", "skipped.no_deliveries"_msg);
    run.results.coverage =
        livelihoods::coverage(run.people.households, run.people.deliveries, run.study.years, run.diagnostics());
}

}  // namespace vereda::app
