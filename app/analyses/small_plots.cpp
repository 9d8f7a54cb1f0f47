#include <algorithm>

#include "app/analyses/registry_rows.hpp"
#include "app/registered_plot_inputs.hpp"
#include "app/small_plot_judgement.hpp"

namespace vereda::app {

using namespace geo;

void judge_small_plots(RunContext& run) {
    const Study& study = run.study;
    report::RunResults& results = run.results;
    if (study.rule_packs.empty()) return run.skip("small_plots", "skipped.no_rule_packs"_msg);
    results.rule_packs = read_rule_packs(study, run.session.share);
    if (!study.registered_plots) return run.skip("small_plots", "skipped.no_registered_plots"_msg);
    const auto plots = read_registered_plots(*study.registered_plots, results.regions->crs(), study.rule_position_error,
                                             run.diagnostics());
    judge_registered_plots(run, plots);
    std::ranges::move(union_pages(results, run.session), std::back_inserter(run.attachments));
}

}  // namespace vereda::app
