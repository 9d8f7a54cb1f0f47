#include "regions/eradication_check.hpp"

#include "app/analyses/registry_rows.hpp"

namespace vereda::app {

using namespace geo;

void check_eradication(RunContext& run) {
    report::RunResults& results = run.results;
    if (results.surveys.empty()) return run.skip("eradication_check", "skipped.no_surveys"_msg);
    if (results.eradication.empty()) return run.skip("eradication_check", "skipped.no_eradication"_msg);
    results.eradication_check =
        regions::eradication_check(*results.regions, results.surveys, results.eradication, run.session.parallelism,
                                   &run.session.progress, results.samples);
}

}  // namespace vereda::app
