/// What is known about each region on one day, computed from registers: the measures that gates and indicators ask for.
///
/// Measures computed here (a region without the data for one simply does not have it: unknown, never zero):
///
/// | measure | meaning | unit |
/// |---|---|---|
/// | licit_income_share | share of registered households whose verified licit net income of the last 12 months is at
/// least the median of the three years before the programme's crop income (deflated where prices hold "cpi") and at
/// least the poverty line; the lowest of all groups with ≥ 10 households (all, grower, picker, non_grower, each sex,
/// landless, each ethnicity) | share | | licit_income_ratio | median over households of that licit income ÷ that crop
/// income | ratio | | licit_net_income | mean licit net income per household, last 12 months | currency / year | |
/// months_without_income | median over growers and pickers: months from the first reduction in the region to the first
/// licit income (methods §3) | months | | delivered_share | deliveries confirmed by recipient or union ÷ deliveries
/// promised by the day | share | | on_time_share | deliveries confirmed no later than 90 days after the promised day ÷
/// deliveries promised | share | | disputed_share | deliveries that the recipients dispute ÷ deliveries promised |
/// share | | reached_share | registered households with at least one confirmed delivery ÷ registered households | share
/// | | credit_share | registered households with a confirmed credit ÷ registered households | share | | agreement_share
/// | households with a free agreement ÷ registered; one under duress counts as none (methods §11, G3) | share | |
/// tenure_share | titled or in recognised possession ÷ registered | share | | titled_share | titled ÷ registered |
/// share | | unresolved_threats | homicides, massacres, threats of the last 12 months, plus households that grow under
/// coercion | count | | violent_incidents_12m (homicides, massacres, threats), homicides_12m, threats_12m, arrests_12m,
/// displaced_people_12m | incidents of the last 12 months | count | | registered_before_announcement_share | households
/// registered before the announcement ÷ registered (G8) | share | | any indicator's name | the latest value by the day:
/// median of raters, their range as interval | its own | | any context column's name | the latest year's, where no
/// indicator has that name | its own |
///
/// A share over households is value = met ÷ known, lo = met ÷ all, hi = (met + unknown) ÷ all: the interval that the
/// missing households allow.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/date.hpp"
#include "geo/diagnostic.hpp"
#include "livelihoods/context.hpp"
#include "livelihoods/evidence.hpp"
#include "livelihoods/household.hpp"
#include "livelihoods/incident.hpp"
#include "livelihoods/income.hpp"
#include "livelihoods/programme.hpp"
#include "livelihoods/readiness.hpp"
#include "regions/eradication.hpp"

namespace vereda::livelihoods {

/// The registers of a study. An empty span means that the study has no such register.
struct Registers {
    std::span<const Household> households;
    std::span<const Programme> programmes;
    std::span<const Delivery> deliveries;
    std::span<const Income> incomes;
    std::span<const Price> prices;
    std::span<const IndicatorValue> indicators;
    std::span<const GateStatement> evidence;
    std::span<const Incident> incidents;
    std::span<const ContextValue> context;
    /// Events whose region_id is empty are left out: the caller places them first.
    std::span<const regions::EradicationEvent> eradication;
    std::optional<geo::Date> announcement;
};

/// One entry per region id given, in that order. Records dated after `as_of` are not used. Records of regions that are
/// not in `region_ids` are counted in one warning per register ("facts.region_unknown").
[[nodiscard]] std::vector<RegionFacts> region_facts(std::span<const std::string> region_ids, const Registers& registers,
                                                    geo::Date as_of, geo::Diagnostics& diagnostics);

}  // namespace vereda::livelihoods
