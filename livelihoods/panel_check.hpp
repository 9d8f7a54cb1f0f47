/// Notices damage in panels of yearly numbers by region: it changes nothing, it says what looks wrong and in which
/// rows.
///
/// - the same region and year twice, with the same or with different values;
/// - a year in which no region reaches 1,000 while regions that hold 1,000 or more in other years read exactly 0: the
///   mark of a lost thousands separator ("1,234" read as 1 or 0), seen in public coca series. Found when at least two
///   regions, and at least half of those that ever reach 1,000 in another year, read 0 in that year (d);
/// - a value that cannot be between its neighbours: over ten times, or under a tenth of, both the year before and the
///   year after that the series tells (at most three years away), by more than the middle positive value of the
///   column (d). Years already told as damaged as a whole are not told again region by region;
/// - a year whose regions sum to something else than was published: off by more than half a percent (d). A published
///   year of which the panel has no row is no such year;
/// - a published change against the year before that its own totals do not give: off by more than half a point (d).
#pragma once

#include <span>

#include "geo/diagnostic.hpp"
#include "livelihoods/context.hpp"

namespace vereda::livelihoods {

void notice_panel_damage(std::span<const ContextValue> panel, std::span<const PublishedTotal> totals,
                         const geo::Locus& source, geo::Diagnostics& diagnostics);

}  // namespace vereda::livelihoods
