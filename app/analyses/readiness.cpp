#include "livelihoods/readiness.hpp"

#include "app/analyses/registry_rows.hpp"
#include "livelihoods/facts.hpp"

namespace vereda::app {

using namespace geo;

void judge_readiness(RunContext& run) {
    const Study& study = run.study;
    if (study.readiness_model.empty()) return run.skip("readiness", "skipped.no_readiness_model"_msg);
    run.results.readiness_model = read_readiness_model(study, run.session.share);
    const auto facts = livelihoods::region_facts(run.region_ids(), run.registers(), study.as_of, run.diagnostics());
    run.results.readiness = livelihoods::readiness(*run.results.readiness_model, facts, study.as_of);
}

}  // namespace vereda::app
