/// How far a programme really reached: registered, promised, delivered, confirmed.
#pragma once

#include <span>

#include "geo/diagnostic.hpp"
#include "livelihoods/coverage_rows.hpp"
#include "livelihoods/household.hpp"
#include "livelihoods/programme.hpp"

namespace vereda::livelihoods {

/// State at the end of each quarter and each year: totals by region × component, and by group, by sex, by ethnicity one
/// at a time; quarters by sex and by ethnicity for "any" only, so that a large register still fits a spreadsheet. A
/// stratum's rows begin with its first registered household and then stand in every period, zeros included: sums over
/// regions are whole. Sorted by region, period, group, sex, ethnicity, component. Work: one pass over deliveries and
/// households.
[[nodiscard]] CoverageRows coverage(std::span<const Household> households, std::span<const Delivery> deliveries,
                                    std::span<const int> years, geo::Diagnostics& diagnostics);

}  // namespace vereda::livelihoods
