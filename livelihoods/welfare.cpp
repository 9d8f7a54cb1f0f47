#include "livelihoods/welfare.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <tuple>

#include "geo/calendar.hpp"

namespace vereda::livelihoods {

namespace {

/// One of the twelve (methods §8): the measures that may fill it, the first that is known.
struct WelfareIndicator {
    std::string_view id;
    std::array<std::string_view, 2> measures;
    std::string_view unit;  ///< where the measure tells none, and while it is unknown
    Direction direction;
};

constexpr std::string_view from_loss = "forest_loss";

constexpr auto higher = Direction::higher_is_better;
constexpr auto lower = Direction::lower_is_better;

constexpr std::array<WelfareIndicator, welfare_indicators_at_most> indicators{{
    {"licit_net_income", {"licit_net_income", ""}, "per year", higher},
    {"licit_income_ratio", {"licit_income_ratio", ""}, "ratio", higher},
    {"food_security", {"food_security", ""}, "share", higher},
    {"secure_tenure", {"secure_tenure", "titled_share"}, "share", higher},
    {"travel_time_market", {"travel_time_market", "travel_time_to_market"}, "h", lower},
    {"smallholder_credit", {"smallholder_credit", "credit_share"}, "share", higher},
    {"school_clinic_access", {"school_clinic_access", ""}, "share", higher},
    {"violence", {"violence", "violent_incidents_12m"}, "count", lower},
    {"displaced_people", {"displaced_people", "displaced_people_12m"}, "count", lower},
    {"promises_on_time", {"promises_on_time", "on_time_share"}, "share", higher},
    {from_loss, {from_loss, ""}, "ha", lower},
    {"agrochemical_exposure", {"agrochemical_exposure", "agrochemicals"}, "index", lower},
}};

using LossByRegionYear = std::map<std::pair<std::string_view, int>, double>;

LossByRegionYear total_loss(std::span<const regions::LossRow> rows) {
    LossByRegionYear total;
    for (const regions::LossRow& row : rows)
        total[{row.region_id, row.year}] += row.area.value();
    return total;
}

/// The measure that fills the indicator for the year. One dated before the year says nothing about it.
const Measure* measure_for(const WelfareIndicator& indicator, const RegionFacts& facts, int year) {
    for (const std::string_view name : indicator.measures) {
        if (name.empty()) continue;
        const auto found = facts.measures.find(name);
        if (found == facts.measures.end() || !found->second.value) continue;
        if (found->second.as_of && geo::year_of(*found->second.as_of) == year) return &found->second;
    }
    return nullptr;
}

WelfareRow row_for(const WelfareIndicator& indicator, const RegionFacts& facts, int year,
                   const LossByRegionYear& loss) {
    WelfareRow row;
    row.region_id = facts.region_id;
    row.period = std::to_string(year);
    row.indicator = indicator.id;
    row.unit = indicator.unit;
    row.direction = indicator.direction;
    if (indicator.id == from_loss) {
        if (const auto found = loss.find({facts.region_id, year}); found != loss.end()) {
            row.value = found->second;
            row.source = "loss";
            return row;
        }
    }
    const Measure* measure = measure_for(indicator, facts, year);
    if (measure == nullptr) return row;
    row.value = measure->value;
    row.lo = measure->lo;
    row.hi = measure->hi;
    if (!measure->unit.empty()) row.unit = measure->unit;
    row.source = measure->source;
    return row;
}

}  // namespace

std::vector<WelfareRow> welfare(std::span<const std::string> region_ids, std::span<const int> years,
                                const Registers& registers, std::span<const regions::LossRow> loss,
                                geo::Diagnostics& diagnostics) {
    const LossByRegionYear by_year = total_loss(loss);
    std::vector<WelfareRow> rows;
    rows.reserve(region_ids.size() * years.size() * indicators.size());
    bool first = true;
    for (const int year : years) {
        geo::Diagnostics repeated;  // the same registers every year: their faults are told once
        const std::vector<RegionFacts> facts =
            region_facts(region_ids, registers, geo::last_day_of(year), first ? diagnostics : repeated);
        first = false;
        for (const RegionFacts& region : facts)
            for (const WelfareIndicator& indicator : indicators)
                rows.push_back(row_for(indicator, region, year, by_year));
    }
    std::ranges::sort(rows, {},
                      [](const WelfareRow& row) { return std::tie(row.region_id, row.period, row.indicator); });
    return rows;
}

}  // namespace vereda::livelihoods
