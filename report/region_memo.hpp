/// The memo of one region: what an agency takes to a meeting with the people of that region.
#pragma once

#include <iosfwd>

#include "report/page_context.hpp"

namespace vereda::report {

/// One language, HTML that a browser prints on at most two A4 sides and a word processor opens: where the region
/// stands, what is missing before READY, who owes it and by when, crop area beside welfare, what was done and in which
/// order, what the figures cannot say. Internal, marked on every page. Lists are cut where two sides would not hold
/// them, and say where the rest stands. No script, no plot, no household.
void write_region_memo(std::ostream& out, const PageContext& page, const livelihoods::ReadinessRow& region);

}  // namespace vereda::report
