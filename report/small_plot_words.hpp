/// What a family's verdict, and its place in the ladder, are in plain words.
#pragma once

#include <string>
#include <vector>

#include "livelihoods/small_plots.hpp"
#include "report/catalogue.hpp"

namespace vereda::report {

/// One sentence; empty where the ladder says nothing. Never an order.
[[nodiscard]] std::string ladder_text(const livelihoods::LadderState& ladder, const Catalogue& words);

/// The verdict explained so that the family's own union can follow it: what was measured, how sure that is, what the
/// limit is, what follows, what else is asked. One sentence each.
[[nodiscard]] std::vector<std::string> explained(const livelihoods::FamilyVerdict& family, const Catalogue& words);

}  // namespace vereda::report
