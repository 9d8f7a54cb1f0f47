#include "livelihoods/rule_what_if.hpp"

#include <algorithm>
#include <map>

#include "geo/calendar.hpp"

namespace vereda::livelihoods {

namespace {

/// By pack and plot, the family verdict that the plot belongs to.
using ByPlot = std::map<std::pair<std::string_view, std::size_t>, const FamilyVerdict*>;

ByPlot by_plot(const SmallPlots& judged) {
    ByPlot result;
    for (const FamilyVerdict& family : judged.families)
        for (const std::size_t position : family.positions)
            result[{family.pack, position}] = &family;
    return result;
}

int severity(SmallPlotVerdict verdict) {
    switch (verdict) {
        case SmallPlotVerdict::compliant:
            return 0;
        case SmallPlotVerdict::within_error:
            return 1;
        case SmallPlotVerdict::no_rule:
            return 2;
        case SmallPlotVerdict::not_testable:
            return 3;
        case SmallPlotVerdict::exceeds:
            break;
    }
    return 4;
}

geo::Hectares excess_of(const FamilyVerdict& family) {
    if (family.area.verdict != SmallPlotVerdict::exceeds || !family.limit) return {};
    return geo::to_hectares(std::max(geo::SquareMetres(0), family.area.area - *family.limit));
}

RuleMove move_of(bool before, bool after) {
    if (before) return after ? RuleMove::stays_in : RuleMove::leaves;
    return after ? RuleMove::enters : RuleMove::stays_out;
}

const ZoneQuota* first_cap(const SmallPlots& judged, std::string_view pack) {
    const auto found = std::ranges::find_if(
        judged.quotas, [&](const ZoneQuota& quota) { return quota.pack == pack && quota.cap.has_value(); });
    return found == judged.quotas.end() ? nullptr : &*found;
}

void add_family(const FamilyVerdict& family, const ByPlot& after, RuleWhatIf& result) {
    FamilyMove move{family.household_id, RuleMove::stays_out, family.area.verdict, SmallPlotVerdict::compliant,
                    geo::to_hectares(family.area.area)};
    bool fits_after = true;
    for (const std::size_t position : family.positions) {
        const auto found = after.find({family.pack, position});
        if (found == after.end()) continue;
        fits_after = fits_after && fits(*found->second);
        if (severity(found->second->area.verdict) >= severity(move.after)) move.after = found->second->area.verdict;
    }
    const bool fits_before = fits(family);
    move.move = move_of(fits_before, fits_after);
    if (move.move == RuleMove::enters) ++result.enter;
    if (move.move == RuleMove::leaves) ++result.leave;
    if (fits_before) {
        ++result.fit_before;
        result.area_before += move.area;
    }
    if (fits_after) {
        ++result.fit_after;
        result.area_after += move.area;
    }
    result.excess_before += excess_of(family);
    result.families.push_back(std::move(move));
}

}  // namespace

std::string_view name_of(RuleMove move) {
    switch (move) {
        case RuleMove::stays_in:
            return "stays_in";
        case RuleMove::enters:
            return "enters";
        case RuleMove::leaves:
            return "leaves";
        case RuleMove::stays_out:
            break;
    }
    return "stays_out";
}

std::optional<double> crop_income_per_hectare(std::span<const Income> incomes, std::span<const FamilyVerdict> families,
                                              geo::Date as_of) {
    std::map<std::string_view, double> by_household;
    const geo::Month now = geo::month_of(as_of);
    for (const Income& income : incomes) {
        const int back = geo::months_between(income.month, now);
        if (income.source == IncomeSource::crop && !income.household_id.empty() && back >= 0 && back < 12)
            by_household[income.household_id] += income.net_income;
    }
    double money = 0;
    double hectares = 0;
    for (const FamilyVerdict& family : families) {
        const auto found = by_household.find(family.household_id);
        if (found == by_household.end()) continue;
        money += found->second;
        hectares += geo::to_hectares(family.area.area).value();
        by_household.erase(found);
    }
    return hectares > 0 ? std::optional(money / hectares) : std::nullopt;
}

std::vector<RuleWhatIf> rule_what_if(const SmallPlots& before, const SmallPlots& after,
                                     std::optional<double> income_per_hectare) {
    const ByPlot plots_after = by_plot(after);
    std::map<std::string, RuleWhatIf, std::less<>> by_pack;
    for (const FamilyVerdict& family : before.families)
        add_family(family, plots_after, by_pack[family.pack]);
    for (const FamilyVerdict& family : after.families) {
        const auto pack = by_pack.find(family.pack);
        if (pack != by_pack.end()) pack->second.excess_after += excess_of(family);
    }
    std::vector<RuleWhatIf> results;
    for (auto& [pack, result] : by_pack) {
        result.pack = pack;
        if (income_per_hectare) {
            result.income_before = *income_per_hectare * result.area_before.value();
            result.income_after = *income_per_hectare * result.area_after.value();
        }
        if (const ZoneQuota* quota = first_cap(before, pack)) {
            result.remaining_before = quota->remaining;
            result.plots_left_before = quota->plots_left;
        }
        if (const ZoneQuota* quota = first_cap(after, pack)) {
            result.remaining_after = quota->remaining;
            result.plots_left_after = quota->plots_left;
        }
        results.push_back(std::move(result));
    }
    return results;
}

}  // namespace vereda::livelihoods
