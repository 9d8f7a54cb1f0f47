/// From tables as written to typed records (columns: docs/data-model; the defaults stand in each function of
/// registers.cpp).
///
/// Every function refuses (Error(input), with file, line and column) a missing required column or cell, a word outside
/// its vocabulary (the valid words are named), an unreadable number, an impossible date and a value outside its range.
/// An empty cell is unknown, never zero. Records keep the order of the rows.
#pragma once

#include <span>
#include <vector>

#include "geo/crs.hpp"
#include "geo/diagnostic.hpp"
#include "geo/text_table.hpp"
#include "livelihoods/column_binding.hpp"
#include "livelihoods/context.hpp"
#include "livelihoods/evidence.hpp"
#include "livelihoods/household.hpp"
#include "livelihoods/incident.hpp"
#include "livelihoods/income.hpp"
#include "livelihoods/programme.hpp"
#include "regions/region_set.hpp"

namespace vereda::livelihoods {

enum class RegionColumn { required, optional };

/// A household id that stands twice is reported ("households.duplicate", a warning) and its first row kept.
/// `to_analysis` takes x, y of the table to the analysis CRS; nullptr: they are in it already.
[[nodiscard]] std::vector<Household> households_from(const geo::TextTable& table, const ColumnMap& columns,
                                                     const geo::CrsTransform* to_analysis,
                                                     geo::Diagnostics& diagnostics,
                                                     RegionColumn region_id = RegionColumn::required);

[[nodiscard]] std::vector<Programme> programmes_from(const geo::TextTable& table, const ColumnMap& columns,
                                                     geo::Diagnostics& diagnostics);

// `households` supplies the region of rows that name a household only. A household that the register does not have is
// reported once per table ("register.household_unknown", with the number of rows) and its rows kept with an empty
// region. An empty span: no register was given and nothing is reported.

/// A delivery before its promise is kept and counted in one warning.
[[nodiscard]] std::vector<Delivery> deliveries_from(const geo::TextTable& table, const ColumnMap& columns,
                                                    std::span<const Household> households,
                                                    geo::Diagnostics& diagnostics);
[[nodiscard]] std::vector<Income> incomes_from(const geo::TextTable& table, const ColumnMap& columns,
                                               std::span<const Household> households, geo::Diagnostics& diagnostics);
[[nodiscard]] std::vector<GateStatement> evidence_from(const geo::TextTable& table, const ColumnMap& columns,
                                                       std::span<const Household> households,
                                                       geo::Diagnostics& diagnostics);

[[nodiscard]] std::vector<Price> prices_from(const geo::TextTable& table, const ColumnMap& columns,
                                             geo::Diagnostics& diagnostics);
/// An interval that does not contain its value is refused.
[[nodiscard]] std::vector<IndicatorValue> indicators_from(const geo::TextTable& table, const ColumnMap& columns,
                                                          geo::Diagnostics& diagnostics);
/// Incidents given by x, y go to the region that covers them; with neither region nor place a row is refused. `regions`
/// may be nullptr: places are then kept without a region.
[[nodiscard]] std::vector<Incident> incidents_from(const geo::TextTable& table, const ColumnMap& columns,
                                                   const geo::CrsTransform* to_analysis,
                                                   const regions::RegionSet* regions, geo::Diagnostics& diagnostics);
/// Every column beside region_id and year whose first filled cell is a number becomes a value per region and year;
/// other columns are left out with a note. A first row without region and year holds the units.
[[nodiscard]] std::vector<ContextValue> context_from(const geo::TextTable& table, const ColumnMap& columns,
                                                     geo::Diagnostics& diagnostics);
/// Columns `column`, `year`, `total` and, optionally, `source`.
[[nodiscard]] std::vector<PublishedTotal> published_totals_from(const geo::TextTable& table, const ColumnMap& columns);

}  // namespace vereda::livelihoods
