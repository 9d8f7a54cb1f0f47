/// What people stated about a region: indicators, context and gate statements, as of one day.
#pragma once

#include "livelihoods/income_measures.hpp"
#include "livelihoods/register_index.hpp"

namespace vereda::livelihoods {

/// Each rater's latest known value by the day: their median, and the range of their values and intervals. Dated by the
/// oldest of them. Replaces a measure of the same name computed from registers: what the user states is what the user
/// means.
void add_indicators(const RegionRecords& records, geo::Date as_of, Measures& measures);

/// The latest year that has ended by the day, for names that no measure has yet.
void add_context(const RegionRecords& records, geo::Date as_of, Measures& measures);

/// The latest statement about the whole region by the day; of several on one day the worst (fail, unknown, pass).
/// Statements about single households do not speak for a region.
void add_evidence(const RegionRecords& records, geo::Date as_of, RegionFacts& facts);

}  // namespace vereda::livelihoods
