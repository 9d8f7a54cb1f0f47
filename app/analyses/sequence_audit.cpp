#include "livelihoods/sequence_audit.hpp"

#include "app/analyses/registry_rows.hpp"
#include "livelihoods/welfare.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr std::string_view default_model = "development_first_minimal";

}  // namespace

void audit_sequence(RunContext& run) {
    const Study& study = run.study;
    report::RunResults& results = run.results;
    if (!study.eradication) return run.skip("sequence_audit", "skipped.no_eradication"_msg);
    if (!results.readiness_model) {
        Study with_model = study;
        if (with_model.readiness_model.empty()) {
            with_model.readiness_model = default_model;
            run.diagnostics().add(
                {Severity::note, {"audit.default_model"_msg, {{"model", std::string(default_model)}}}, {}});
        }
        results.readiness_model = read_readiness_model(with_model, run.session.share);
    }
    const std::vector<std::string> ids = run.region_ids();
    const livelihoods::Registers registers = run.registers();
    results.sequence_audit = livelihoods::sequence_audit(
        {*results.readiness_model, ids, registers, results.surveys, study.as_of}, run.session.parallelism);
    // Welfare stands beside hectares in every answer; the analysis of its own adds the forest, where it runs.
    Diagnostics told_by_welfare;
    results.welfare = livelihoods::welfare(ids, study.years, registers, {}, told_by_welfare);
    results.reduction_outcomes = livelihoods::reduction_outcomes(results.plot_area, results.welfare);
    results.order_findings = livelihoods::order_findings(ids, registers, results.reduction_outcomes, study.as_of);
}

}  // namespace vereda::app
