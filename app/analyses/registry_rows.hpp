/// What analysis.cpp puts into the registry: one function per analysis, each in the file of its name.
#pragma once

#include "app/analyses/run_context.hpp"

namespace vereda::app {

void read_accuracy(RunContext& run);
void measure_plots(RunContext& run);
void adjust_areas(RunContext& run);
void track_plots(RunContext& run);
void read_permanence(RunContext& run);
void check_eradication(RunContext& run);
void cross_boundaries(RunContext& run);
void measure_forest_loss(RunContext& run);
void study_displacement(RunContext& run);
void count_coverage(RunContext& run);
void find_duplicates(RunContext& run);
void measure_income_bridge(RunContext& run);
void find_aid_conflicts(RunContext& run);
void measure_reach(RunContext& run);
void measure_travel_times(RunContext& run);
void judge_readiness(RunContext& run);
void audit_sequence(RunContext& run);
void judge_small_plots(RunContext& run);
void gather_welfare(RunContext& run);

}  // namespace vereda::app
