#include "app/analyses/registry_rows.hpp"
#include "app/land_inputs.hpp"
#include "regions/crosswalk.hpp"
#include "regions/plot_area.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// Surveys of the years in which boundaries that held up to `until` were in force, `after` the ones before them.
std::vector<regions::Survey> surveys_between(const std::vector<regions::Survey>& surveys, int after, int until) {
    std::vector<regions::Survey> chosen;
    for (const regions::Survey& survey : surveys) {
        if (survey.year > after && survey.year <= until) chosen.push_back(survey);
    }
    return chosen;
}

}  // namespace

void cross_boundaries(RunContext& run) {
    report::RunResults& results = run.results;
    if (run.study.boundaries.empty()) return run.skip("boundaries", "skipped.no_boundaries"_msg);
    std::vector<Point> homes;
    for (const livelihoods::Household& household : run.people.households) {
        if (household.home) homes.push_back(*household.home);
    }
    int after = 0;
    for (const StudyBoundaries& boundaries : run.study.boundaries) {
        const regions::RegionSet then = read_boundaries(boundaries.source, results.regions->crs(), run.diagnostics());
        auto rows = regions::crosswalk(then, *results.regions, homes, boundaries.until, run.session.parallelism);
        std::ranges::move(rows, std::back_inserter(results.region_crosswalk));
        const auto surveys = surveys_between(results.surveys, after, boundaries.until);
        if (!surveys.empty()) {
            results.plot_area_then.push_back(
                {boundaries.until, regions::plot_area(then, surveys, run.session.parallelism, run.diagnostics(),
                                                      &run.session.progress, results.samples)});
        }
        after = boundaries.until;
    }
}

}  // namespace vereda::app
