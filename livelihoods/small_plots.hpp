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
    geo::SquareMetres area;
    std::optional<geo::SquareMetres> sd;
    std::optional<geo::SquareMetres> limit;
    std::optional<double> p_exceeds;  ///< P(true area > limit·(1 + tolerance))
    geo::Message reason;
};

/// Rows sorted by household, plot, pack. `as_of` selects the packs in force.
[[nodiscard]] std::vector<SmallPlotRow> small_plots(std::span<const regions::Plot> plots,
                                                    std::span<const Household> households,
                                                    std::span<const regions::Zone> zones,
                                                    std::span<const RulePack> packs, geo::Date as_of,
                                                    geo::Diagnostics& diagnostics);

}  // namespace vereda::livelihoods
