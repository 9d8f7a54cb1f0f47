#include "livelihoods/readiness.hpp"

#include <fmt/format.h>
#include <algorithm>

#include "app/analyses/registry_rows.hpp"
#include "geo/calendar.hpp"
#include "livelihoods/ethnic_land.hpp"
#include "livelihoods/facts.hpp"
#include "livelihoods/indicator_coherence.hpp"
#include "livelihoods/readiness_missing.hpp"
#include "livelihoods/readiness_uncertainty.hpp"

namespace vereda::app {

using namespace geo;

namespace {

std::vector<livelihoods::RegionFacts> facts_on(const RunContext& run, Date day, Diagnostics& diagnostics) {
    auto facts = livelihoods::region_facts(run.region_ids(), run.registers(), day, diagnostics);
    livelihoods::add_ethnic_land(facts, *run.results.regions, run.results.zones, day);
    return facts;
}

/// The same model on the last day of every year of the study that lies before the day of assessment.
void look_back(RunContext& run, const livelihoods::ReadinessModel& model) {
    Diagnostics repeated;  // the same registers every year: their faults are told once
    for (const int year : run.study.years) {
        const Date day = geo::last_day_of(year);
        if (day >= run.study.as_of) continue;
        auto rows = livelihoods::readiness(model, facts_on(run, day, repeated), day);
        std::ranges::move(rows, std::back_inserter(run.results.readiness_history));
    }
    std::ranges::copy(run.results.readiness, std::back_inserter(run.results.readiness_history));
}

/// How far the people who score indicators agree, and a warning where they do not.
void judge_raters(RunContext& run, const livelihoods::ReadinessModel& model) {
    run.results.rater_agreement =
        livelihoods::rater_agreement(run.people.indicators, run.study.as_of, model.rater_agreement, run.settings.seed);
    for (const livelihoods::RaterAgreement& row : run.results.rater_agreement) {
        if (row.agreement != livelihoods::Agreement::disagree) continue;
        run.diagnostics().add({Severity::warning,
                               {"readiness.raters_disagree"_msg,
                                {{"indicator", row.indicator},
                                 {"alpha", fmt::format("{:.2f}", *row.alpha)},
                                 {"least", fmt::format("{:g}", row.least)},
                                 {"region", row.widest_region}}},
                               {}});
    }
}

}  // namespace

void judge_readiness(RunContext& run) {
    const Study& study = run.study;
    report::RunResults& results = run.results;
    if (study.readiness_model.empty()) return run.skip("readiness", "skipped.no_readiness_model"_msg);
    results.readiness_model = read_readiness_model(study, run.session.share);
    const livelihoods::ReadinessModel& model = *results.readiness_model;
    const auto facts = facts_on(run, study.as_of, run.diagnostics());
    results.readiness = livelihoods::readiness(model, facts, study.as_of);
    results.readiness_missing =
        livelihoods::readiness_missing(model, facts, results.readiness, run.people.responsibilities);
    if (study.people.responsibilities)
        livelihoods::notice_unowned(model, run.people.responsibilities, run.region_ids(), run.diagnostics());
    results.readiness_coherence = livelihoods::indicator_coherence(model, facts, study.as_of);
    judge_raters(run, model);
    if (study.readiness_draws > 0) {
        results.readiness_uncertainty = livelihoods::readiness_uncertainty(
            model, facts, results.readiness, {study.readiness_draws, run.settings.seed, run.session.parallelism});
    }
    look_back(run, model);
}

}  // namespace vereda::app
