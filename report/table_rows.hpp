/// Rows of tables whose results are more than one line each: what tables.cpp puts behind their declarations.
#pragma once

#include "report/catalogue.hpp"
#include "report/results.hpp"
#include "report/table.hpp"
#include "report/table_cells.hpp"

namespace vereda::report {

// reach_tables.cpp
[[nodiscard]] Rows coverage_rows(const RunResults& results, const Catalogue& words);
/// The same without holding them; the results' rows are to be sorted, as livelihoods::coverage() gives them.
[[nodiscard]] Table coverage_made_by_row(const RunResults& results);
[[nodiscard]] Rows register_duplicates_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows travel_times_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows reach_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows catchments_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows income_bridge_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows aid_conflicts_rows(const RunResults& results, const Catalogue& words);

// readiness_tables.cpp
[[nodiscard]] Rows readiness_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows readiness_gates_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows readiness_missing_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows readiness_history_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows readiness_robustness_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows readiness_sensitivity_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows readiness_coherence_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows rater_agreement_rows(const RunResults& results, const Catalogue& words);

// order_tables.cpp
[[nodiscard]] Rows sequence_audit_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows order_findings_rows(const RunResults& results, const Catalogue& words);
[[nodiscard]] Rows reduction_outcomes_rows(const RunResults& results, const Catalogue& words);

}  // namespace vereda::report
