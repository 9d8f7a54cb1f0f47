/// What a displacement study found, in words and as verdict.json.
#pragma once

#include <string>
#include <vector>

#include "report/catalogue.hpp"
#include "report/number_format.hpp"
#include "report/results.hpp"

namespace vereda::report {

/// What the study could have found (its minimum detectable effect), then the verdict with its interval. Not escaped.
[[nodiscard]] std::string displacement_answer(const DisplacementFindings& findings, const Catalogue& words);

/// Why the verdict is what it is, and what it does not say. Not escaped.
[[nodiscard]] std::vector<std::string> displacement_reasons(const DisplacementFindings& findings,
                                                            const Catalogue& words);

/// verdict.json: verdict, displaced_share, lo, hi, p_value, mde, within_km, then what they rest on, whether crop
/// rose beyond the belt (no ring tests that: a not_found speaks of its belt alone) and the reasons in the catalogue's
/// language. Unknown numbers are null. Ends in a line end.
[[nodiscard]] std::string verdict_json(const DisplacementFindings& findings, const Catalogue& words);

}  // namespace vereda::report
