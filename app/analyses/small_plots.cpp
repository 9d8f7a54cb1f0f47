#include "livelihoods/small_plots.hpp"

#include "app/analyses/registry_rows.hpp"
#include "app/survey_inputs.hpp"

namespace vereda::app {

using namespace geo;

void judge_small_plots(RunContext& run) {
    const Study& study = run.study;
    report::RunResults& results = run.results;
    if (study.rule_packs.empty()) return run.skip("small_plots", "skipped.no_rule_packs"_msg);
    results.rule_packs = read_rule_packs(study, run.session.share);
    if (!study.registered_plots) return run.skip("small_plots", "skipped.no_registered_plots"_msg);
    results.registered_plots =
        read_registered_plots(*study.registered_plots, results.regions->crs(), run.diagnostics());
    results.small_plots = livelihoods::small_plots(results.registered_plots, run.people.households, results.zones,
                                                   results.rule_packs, study.as_of, run.diagnostics());
}

}  // namespace vereda::app
