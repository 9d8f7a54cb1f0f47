/// One region's readiness told so that its own union could follow it: where it stands, what each condition asks and
/// what was found, what is missing and who owes it, how sure the order is, how it was in earlier years.
#pragma once

#include <string>

#include "report/page_context.hpp"

namespace vereda::report {

/// HTML for the body of a <details>.
[[nodiscard]] std::string region_story(const PageContext& page, const livelihoods::ReadinessRow& row);

/// "households with … ≥ 80 %"; evidence where no measure decides. Not escaped.
[[nodiscard]] std::string asked_of(const livelihoods::Gate& gate, const RunResults& results, const Catalogue& words);

/// ✓, ✕ or ? with its word for readers who do not see it. HTML.
[[nodiscard]] std::string gate_mark(const PageContext& page, livelihoods::GateState state);

/// What of a region is missing, in the order of readiness_missing.
[[nodiscard]] std::vector<const livelihoods::ReadinessMissingRow*> missing_of(const RunResults& results,
                                                                              const std::string& region_id);

/// "Alcaldía, by 1 December 2021 (30 days late)"; that nobody is named. HTML.
[[nodiscard]] std::string owner_cell(const PageContext& page, const livelihoods::ReadinessMissingRow& row);

}  // namespace vereda::report
