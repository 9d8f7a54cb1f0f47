#include "regions/plot_area.hpp"

#include "app/analyses/registry_rows.hpp"

namespace vereda::app {

using namespace geo;

void measure_plots(RunContext& run) {
    if (run.results.surveys.empty()) return run.skip("plot_area", "skipped.no_surveys"_msg);
    run.results.plot_area = regions::plot_area(*run.results.regions, run.results.surveys, run.session.parallelism,
                                               run.diagnostics(), &run.session.progress, run.results.samples);
}

}  // namespace vereda::app
