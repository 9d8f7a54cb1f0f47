/// What coverage found beside its counts, for the section on reach: the income bridge, aid against eradication, reach
/// by distance.
#pragma once

#include <ostream>

#include "report/page_context.hpp"

namespace vereda::report {

/// Nothing where nothing of it was found.
void write_reach_findings(std::ostream& out, const PageContext& page);

}  // namespace vereda::report
