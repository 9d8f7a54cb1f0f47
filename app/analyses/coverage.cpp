#include "livelihoods/coverage.hpp"

#include "app/analyses/registry_rows.hpp"
#include "livelihoods/grower_estimate.hpp"

namespace vereda::app {

using namespace geo;

void count_coverage(RunContext& run) {
    if (!run.study.people.households) return run.skip("coverage", "skipped.no_households"_msg);
    if (!run.study.people.deliveries) return run.skip("coverage", "skipped.no_deliveries"_msg);
    run.results.coverage =
        livelihoods::coverage(run.people.households, run.people.deliveries, run.study.years, run.diagnostics());
    const StudyCoverage& told = run.study.coverage;
    if (!told.ha_per_family) return;
    livelihoods::add_grower_estimates(run.results.coverage, run.results.plot_area,
                                      {*told.ha_per_family, told.ha_per_family_lo.value_or(*told.ha_per_family),
                                       told.ha_per_family_hi.value_or(*told.ha_per_family)});
}

}  // namespace vereda::app
