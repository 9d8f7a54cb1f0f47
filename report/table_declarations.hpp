/// The declarations of the output tables, one name each. Columns are a contract: only ever append.
#pragma once

#include "report/table.hpp"

namespace vereda::report {

extern const TableDeclaration survey_accuracy_table;
extern const TableDeclaration plot_area_table;
extern const TableDeclaration coverage_table;
extern const TableDeclaration register_duplicates_table;
extern const TableDeclaration travel_times_table;
extern const TableDeclaration reach_table;
extern const TableDeclaration catchments_table;
extern const TableDeclaration income_bridge_table;
extern const TableDeclaration aid_conflicts_table;
extern const TableDeclaration readiness_table;
extern const TableDeclaration readiness_missing_table;
extern const TableDeclaration readiness_gates_table;
extern const TableDeclaration readiness_history_table;
extern const TableDeclaration readiness_robustness_table;
extern const TableDeclaration readiness_sensitivity_table;
extern const TableDeclaration readiness_coherence_table;
extern const TableDeclaration rater_agreement_table;
extern const TableDeclaration sequence_audit_table;
extern const TableDeclaration order_findings_table;
extern const TableDeclaration reduction_outcomes_table;
extern const TableDeclaration small_plots_table;
extern const TableDeclaration small_plot_families_table;
extern const TableDeclaration small_plot_quotas_table;
extern const TableDeclaration small_plot_needs_table;
extern const TableDeclaration rule_what_if_table;
extern const TableDeclaration welfare_table;
extern const TableDeclaration eradication_table;
extern const TableDeclaration accuracy_table;
extern const TableDeclaration frame_sample_table;
extern const TableDeclaration sample_plan_table;
extern const TableDeclaration diagnostics_table;

}  // namespace vereda::report
