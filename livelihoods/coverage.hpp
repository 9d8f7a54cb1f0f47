/// How far a programme really reached: registered, promised, delivered, confirmed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/date.hpp"
#include "geo/diagnostic.hpp"
#include "livelihoods/household.hpp"
#include "livelihoods/programme.hpp"

namespace vereda::livelihoods {

/// Counts of households on the register by the end of the period (livelihoods/roll). `group`, `sex`, `ethnicity` are
/// "all" for totals. A region-wide delivery (road, school) counts for every registered household of its region.
struct CoverageRow {
    std::string region_id;
    std::string period;  ///< "2018-Q3" or "2018": the state at the end of that quarter or year
    std::string group = "all";
    std::string sex = "all";
    std::string ethnicity = "all";
    std::string component;  ///< a component's name, or "any"
    long registered = 0;
    long promised = 0;
    long delivered = 0;                     ///< delivered by the end of the period, whoever says so
    std::optional<double> delivered_share;  ///< delivered / registered; nullopt without registered households
    long confirmed = 0;                     ///< delivered and confirmed by the recipient or union
    long disputed = 0;
    // The second denominator, in rows of growers and in totals (add_grower_estimates); nullopt: not known.
    std::optional<double> growers_estimated = {};
    std::optional<double> growers_estimated_lo = {};
    std::optional<double> growers_estimated_hi = {};
    // Rows of growers only: delivered ÷ growers estimated, at most 1.
    std::optional<double> delivered_share_of_growers = {};
    std::optional<double> delivered_share_of_growers_lo = {};
    std::optional<double> delivered_share_of_growers_hi = {};
};

/// State at the end of each quarter and each year: totals by region × component, and by group, by sex, by ethnicity one
/// at a time; quarters by sex and by ethnicity for "any" only, so that a large register still fits a spreadsheet. A
/// stratum's rows begin with its first registered household and then stand in every period, zeros included: sums over
/// regions are whole. Sorted by region, period, group, sex, ethnicity, component. Work: one pass over deliveries and
/// households.
[[nodiscard]] std::vector<CoverageRow> coverage(std::span<const Household> households,
                                                std::span<const Delivery> deliveries, std::span<const int> years,
                                                geo::Diagnostics& diagnostics);

}  // namespace vereda::livelihoods
