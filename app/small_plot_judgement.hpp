/// Judges registered plots by a study's packs, asks what another rule would change, and writes a page for each union.
#pragma once

#include <span>
#include <vector>

#include "app/analyses/run_context.hpp"
#include "livelihoods/income.hpp"
#include "livelihoods/small_plots.hpp"

namespace vereda::app {

/// Fills the small-plot part of the results. `study.rule_changes` makes a what-if of it.
void judge_registered_plots(RunContext& run, std::span<const livelihoods::RegisteredPlot> plots);

/// unions/NN-NAME.html, one for each union whose families were judged: for its own assembly, internal.
[[nodiscard]] std::vector<Attachment> union_pages(const report::RunResults& results, const Session& session);

}  // namespace vereda::app
