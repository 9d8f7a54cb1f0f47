#include "regions/displacement.hpp"

#include <filesystem>

#include "app/analyses/registry_rows.hpp"
#include "app/displacement_inputs.hpp"
#include "app/frozen_plan.hpp"
#include "geo/io/atomic_file.hpp"
#include "report/displacement_words.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// A history that reaches past the announcement already holds what people did because of it.
void warn_of_announcement(RunContext& run, const regions::DisplacementResult& result) {
    if (!run.study.announcement_date || !result.history_until) return;
    if (*result.history_until < year_of(*run.study.announcement_date)) return;
    run.diagnostics().add(
        {Severity::warning,
         {"displacement.baseline_after_announcement"_msg,
          {{"year", std::to_string(*result.history_until)}, {"date", to_iso(*run.study.announcement_date)}}},
         Locus{run.study.path, {}, {}, 0, "study.announcement_date"}});
}

}  // namespace

void study_displacement(RunContext& run) {
    const Study& study = run.study;
    if (!study.eradication) return run.skip("displacement", "skipped.no_eradication"_msg);
    const auto panel = displacement_panel(study, *run.results.regions, run.results.surveys, run.results.zones,
                                          run.session.parallelism, run.diagnostics());
    if (!panel) return run.skip("displacement", "skipped.no_panel"_msg);
    report::DisplacementFindings findings;
    findings.crop = study.crops.empty() ? regions::Crop::coca : study.crops.front();
    findings.smallest_effect = study.displacement.plan.smallest_effect;
    findings.frozen_plan = study.displacement.frozen ? plan_hash(study, run.settings.seed) : "";
    findings.result = regions::displacement(*panel, run.results.eradication, study.displacement.plan, run.settings.seed,
                                            run.session.parallelism, run.diagnostics(), &run.session.progress);
    warn_of_announcement(run, findings.result);
    const regions::UnitIndex index(panel->units);
    findings.flows =
        regions::flow_ledger(*panel, index, study.displacement.flows, run.settings.seed, run.session.parallelism);
    findings.arrivals = regions::arrivals_by_region(*panel, findings.flows);
    run.results.displacement = std::move(findings);
    const std::string verdict = report::verdict_json(*run.results.displacement, run.session.messages.catalogue());
    run.attachments.push_back({"verdict.json", [verdict](const std::string& path) { io::write_file(path, verdict); }});
}

}  // namespace vereda::app
