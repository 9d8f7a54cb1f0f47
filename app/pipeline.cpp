#include "app/pipeline.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>

#include "app/analyses/analysis.hpp"
#include "app/land_inputs.hpp"
#include "app/study_files.hpp"
#include "app/study_paths.hpp"
#include "app/survey_inputs.hpp"
#include "app/version.hpp"
#include "geo/io/libraries.hpp"

namespace vereda::app {

using namespace geo;

namespace {

void read_land(RunContext& run) {
    const Study& study = run.study;
    report::RunResults& results = run.results;
    Progress& progress = run.session.progress;
    progress.start_stage({"stage.reading_land"_msg, {}},
                         static_cast<std::int64_t>(2 + study.zones.size() + study.surveys.size()));
    results.study = {study.name, study.crops, study.years, study.currency};
    results.regions = read_regions(study, run.session.parallelism, run.diagnostics());
    progress.advance();
    for (const StudyZones& zones : study.zones) {
        std::vector<regions::Zone> read = read_zones(zones, results.regions->crs(), run.diagnostics());
        std::ranges::move(read, std::back_inserter(results.zones));
        progress.advance();
    }
    results.surveys.resize(study.surveys.size());
    parallel_for(
        study.surveys.size(), run.session.parallelism,
        [&](std::size_t i) { results.surveys[i] = read_survey(study.surveys[i], *results.regions, run.diagnostics()); },
        &progress);
    std::ranges::sort(results.surveys, {}, [](const regions::Survey& s) { return std::pair(s.crop, s.year); });
    if (study.eradication)
        results.eradication = read_eradication(*study.eradication, *results.regions, run.diagnostics());
    progress.advance();
}

void read_people(RunContext& run) {
    run.session.progress.start_stage({"stage.reading_people"_msg, {}}, 1);
    run.people = read_people(run.study.people, *run.results.regions, run.diagnostics());
    for (const livelihoods::Household& household : run.people.households) {
        if (run.results.regions->find(household.region_id)) ++run.results.families_by_region[household.region_id];
    }
    run.session.progress.advance();
}

report::Provenance provenance(const RunContext& run, InputWatch& watch) {
    const Study& study = run.study;
    report::Provenance p;
    p.vereda_version = version();
    p.library_versions = io::library_versions();
    p.inputs = watch.hashed();
    p.seed = run.settings.seed;
    p.analysis_crs = run.results.regions->crs().wkt();
    p.parameters = {
        {"study.as_of", to_iso(study.as_of)},
        {"study.announcement_date", study.announcement_date ? to_iso(*study.announcement_date) : ""},
        {"rasters.forest_loss_base", std::to_string(study.forest.loss_base)},
        {"rasters.tree_cover_min", fmt::format("{}", study.forest.tree_cover_min)},
        {"readiness.model", study.readiness_model},
        {"readiness.draws", std::to_string(study.readiness_draws)},
        {"coverage.ha_per_family",
         study.coverage.ha_per_family ? fmt::format("{}", *study.coverage.ha_per_family) : ""},
        {"coverage.near_m", fmt::format("{}", study.coverage.near.value())},
        {"rules.packs", fmt::format("{}", fmt::join(study.rule_packs, ", "))},
        {"allow_references", run.settings.allow_references ? "yes" : "no"},
    };
    if (!run.settings.analyses.empty())
        p.parameters.emplace_back("analyses", fmt::format("{}", fmt::join(run.settings.analyses, ", ")));
    return p;
}

void finish(RunContext& run, InputWatch& watch) {
    run.results.provenance = provenance(run, watch);
    watch.require_unchanged();
    run.results.diagnostics = run.diagnostics().sorted();
    for (Diagnostic& diagnostic : run.results.diagnostics)
        diagnostic.locus.file = path_as_written(run.study, diagnostic.locus.file);
}

}  // namespace

RunFindings run_study(const Study& study, const PipelineSettings& settings, Session& session) {
    InputWatch watch(files_of(study), session.parallelism);
    const std::vector<const Analysis*> chosen = analyses_for(settings.analyses);
    RunContext run{study, settings, session};
    read_land(run);
    if (std::ranges::any_of(chosen, &Analysis::reads_people)) read_people(run);
    for (const Analysis* analysis : chosen)
        analysis->execute(run);
    finish(run, watch);
    return {std::move(run.results), std::move(run.attachments)};
}

}  // namespace vereda::app
