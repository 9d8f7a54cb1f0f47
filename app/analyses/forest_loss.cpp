#include "regions/forest_loss.hpp"

#include "app/analyses/registry_rows.hpp"

namespace vereda::app {

using namespace geo;

void measure_forest_loss(RunContext& run) {
    const StudyForest& forest = run.study.forest;
    if (!forest.loss_year) return run.skip("loss", "skipped.no_loss_raster"_msg);
    const auto loss_year = run.opened(*forest.loss_year);
    const auto tree_cover = forest.tree_cover ? run.opened(*forest.tree_cover) : nullptr;
    regions::LossInputs inputs;
    inputs.loss_year = loss_year.get();
    inputs.base_year = forest.loss_base;
    inputs.tree_cover = tree_cover.get();
    inputs.tree_cover_min = forest.tree_cover_min;
    run.results.loss = regions::forest_loss(*run.results.regions, run.results.surveys, inputs, run.study.years,
                                            run.session.parallelism, run.diagnostics(), &run.session.progress);
}

}  // namespace vereda::app
