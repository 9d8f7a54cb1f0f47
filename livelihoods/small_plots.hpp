/// Which families fit a small-plot rule such as the cato, given that every measurement has an error.
///
/// The verdict speaks of area alone; everything else is a finding beside it. within_error has the consequence of
/// compliant everywhere. No verdict is an order or a trigger for forced action. Rows are internal.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/diagnostic.hpp"
#include "livelihoods/area_verdict.hpp"
#include "livelihoods/finding.hpp"
#include "livelihoods/household.hpp"
#include "livelihoods/need_balance.hpp"
#include "livelihoods/sanction_ladder.hpp"
#include "livelihoods/sanction_record.hpp"
#include "livelihoods/zone_quota.hpp"

namespace vereda::livelihoods {

/// One plot as measured once, under one pack. Area, SD, limit, probability and verdict are those of the whole family at
/// that time: its plots add up.
struct SmallPlotRow {
    std::string household_id;
    std::string plot_id;
    std::string pack;
    SmallPlotVerdict verdict = SmallPlotVerdict::not_testable;
    std::vector<Finding> findings;  ///< about this plot
    geo::SquareMetres area;         ///< as measured
    std::optional<geo::SquareMetres> sd;
    std::optional<geo::SquareMetres> limit;
    std::optional<double> p_exceeds;  ///< P(true area > limit·(1 + tolerance))
    geo::Message reason;
    /// What the pack's perimeter offset takes off `area` before it is held against the limit; 0 where none is set.
    geo::SquareMetres offset_correction;
    std::string pack_version = {};             ///< the one in force on the day; empty: none was
    std::optional<geo::Date> day = {};         ///< by whose rule it is judged
    geo::SquareMetres plot_area = {};          ///< of this plot alone
    long plots = 1;                            ///< of the family that the pack counts, this one included
    std::optional<std::size_t> position = {};  ///< in the plots given
};

/// One family under one pack, by its latest measurement.
struct FamilyVerdict {
    std::string household_id;  ///< household, union or licence, whichever the pack counts; empty: nobody known
    std::string union_name;
    std::string pack;
    std::string pack_version;
    std::optional<regions::Crop> crop;
    geo::Date day;
    long plots = 0;
    AreaVerdict area;
    std::optional<geo::SquareMetres> limit;
    std::vector<Finding> findings;  ///< of its plots, each kind of reason once
    int measurements = 0;           ///< so far
    LadderState ladder;
    FalseAccusation false_accusation;  ///< over the look-back where the pack tells it, else over `measurements`
    std::optional<geo::Date> next_inspection;
    bool inspection_overdue = false;
    std::vector<std::size_t> positions;  ///< of its plots
};

/// As far as the data tell, the family keeps to the rule: not over the limit, and no finding. Surnames shared with a
/// neighbour are no finding here: they are a question, and no family can help its name.
[[nodiscard]] bool fits(const FamilyVerdict& family);

struct SmallPlotInputs {
    std::span<const RegisteredPlot> plots;
    std::span<const Household> households;
    std::span<const regions::Zone> zones;
    std::span<const RulePack> packs;
    geo::Date as_of;
    std::span<const SanctionRecord> sanctions = {};  ///< of the past
};

struct SmallPlots {
    std::vector<SmallPlotRow> rows;       ///< sorted by household, plot, pack, day
    std::vector<FamilyVerdict> families;  ///< sorted by pack, household, crop
    std::vector<ZoneQuota> quotas;        ///< of the versions in force on `as_of`
    std::vector<NeedBalance> needs;       ///< of packs that exempt personal need
};

/// A plot is judged by the rule in force on its judged_day(); of several versions of one pack (same name) the one in
/// force counts, and where none is, the verdict is no_rule.
///
/// A pack whose zones name where it is allowed (allowed = true) says nothing about plots outside them: no_rule, never
/// "prohibited"; the same for crops that it does not name.
[[nodiscard]] SmallPlots small_plots(const SmallPlotInputs& inputs, geo::Diagnostics& diagnostics);

}  // namespace vereda::livelihoods
