/// Which family plots fit a small-plot rule such as the cato, given that every measurement has an error.
///
/// The verdict speaks of area alone; everything else is a finding beside it. within_error has the consequence of
/// compliant everywhere. No verdict is an order or a trigger for forced action. Rows are internal.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/diagnostic.hpp"
#include "livelihoods/household.hpp"
#include "livelihoods/rule_pack.hpp"
#include "regions/survey.hpp"
#include "regions/zone.hpp"

namespace vereda::livelihoods {

enum class SmallPlotVerdict { compliant, within_error, exceeds, no_rule, not_testable };
[[nodiscard]] std::string_view name_of(SmallPlotVerdict verdict);

struct Finding {
    std::string kind;  ///< "more_than_per_family", "after_cutoff", "title_missing", "zone", "unregistered", …
    geo::Message reason;
};

struct SmallPlotRow {
    std::string household_id;
    std::string plot_id;
    std::string pack;
    SmallPlotVerdict verdict = SmallPlotVerdict::not_testable;
    std::vector<Finding> findings;
    geo::SquareMetres area;  ///< as measured
    std::optional<geo::SquareMetres> sd;
    std::optional<geo::SquareMetres> limit;
    std::optional<double> p_exceeds;  ///< P(true area > limit·(1 + tolerance))
    geo::Message reason;
    /// What the pack's perimeter offset takes off `area` before it is held against the limit; 0 where none is set.
    geo::SquareMetres offset_correction;
};

/// Rows sorted by household, plot, pack. A plot is judged by the rule in force on its image date, else on `as_of`; of
/// several versions of one pack (same name) the one in force counts, and where none is, the verdict is no_rule.
///
/// A pack whose zones name where it is allowed (allowed = true) says nothing about plots outside them: no_rule, never
/// "prohibited". Findings: unregistered, after_cutoff, registration_date_unknown, title_missing, title_unknown,
/// more_than_per_family, zone, possible_subdivision, duplicate_registration, duplicate_plot, exemption_ended.
[[nodiscard]] std::vector<SmallPlotRow> small_plots(std::span<const regions::Plot> plots,
                                                    std::span<const Household> households,
                                                    std::span<const regions::Zone> zones,
                                                    std::span<const RulePack> packs, geo::Date as_of,
                                                    geo::Diagnostics& diagnostics);

}  // namespace vereda::livelihoods
