/// What readiness says in words: the same in tables and on the page.
#pragma once

#include <string>

#include "report/catalogue.hpp"
#include "report/results.hpp"

namespace vereda::report {

/// nullptr: the model has none of that id, or there is no model.
[[nodiscard]] const livelihoods::Gate* gate_of(const std::string& id, const RunResults& results);

/// "UN text", "WOLA, development first (stricter)", "default of this program".
[[nodiscard]] std::string basis_text(livelihoods::GateBasis basis, const Catalogue& words);
/// The clause behind a gate in the catalogue's language, or that none is.
[[nodiscard]] std::string clause_text(const livelihoods::Gate& gate, const Catalogue& words);

/// given, not_given, unknown.
[[nodiscard]] std::string_view consent_name(const livelihoods::ReadinessRow& row);
/// The sentence about a region's consent, with the day until which it stands.
[[nodiscard]] std::string consent_text(const livelihoods::ReadinessRow& row, const Catalogue& words);
/// Of a READY region: that it triggers nothing by force, lapses, and rests on consent. Empty for any other.
[[nodiscard]] std::string notice_text(const livelihoods::ReadinessRow& row, const Catalogue& words);

/// Title of the gate or indicator, or "score".
[[nodiscard]] std::string missing_title(const livelihoods::ReadinessMissingRow& row, const RunResults& results,
                                        const Catalogue& words);
/// Who owes it, or that nobody is named.
[[nodiscard]] std::string owner_text(const livelihoods::ReadinessMissingRow& row, const Catalogue& words);

}  // namespace vereda::report
