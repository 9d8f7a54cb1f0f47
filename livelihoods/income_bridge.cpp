#include "livelihoods/income_bridge.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <unordered_map>

#include "geo/calendar.hpp"

namespace vereda::livelihoods {

namespace {

constexpr int silent_months = 12;
constexpr int months_ahead = 3;

using MonthIncome = std::array<double, 3>;  ///< by IncomeSource
using History = std::map<geo::Month, MonthIncome>;

double of(const MonthIncome& month, IncomeSource source) {
    return month[static_cast<std::size_t>(source)];
}

std::optional<geo::Month> last_crop_month(const History& history) {
    for (auto month = history.rbegin(); month != history.rend(); ++month)
        if (of(month->second, IncomeSource::crop) > 0) return month->first;
    return std::nullopt;
}

/// Nullopt: it has not ended.
std::optional<geo::Month> end_of_crop(geo::Month last_crop, const History& history,
                                      std::optional<geo::Month> reduction) {
    const geo::Month last_seen = history.rbegin()->first;
    const bool removed = reduction && last_crop <= *reduction && last_seen > last_crop;
    const bool silent = geo::months_between(last_crop, last_seen) >= silent_months;
    return removed || silent ? std::optional(last_crop) : std::nullopt;
}

void fill_gap(const History& history, IncomeBridgeRow& row) {
    const geo::Month end = *row.crop_income_end;
    const geo::Month last_seen = history.rbegin()->first;
    for (auto month = history.lower_bound(end - std::chrono::months(months_ahead)); month != history.end(); ++month) {
        if (of(month->second, IncomeSource::licit) <= 0) continue;
        row.first_licit_income = month->first;
        break;
    }
    row.state = row.first_licit_income ? BridgeState::bridged : BridgeState::waiting;
    const geo::Month until = row.first_licit_income.value_or(last_seen);
    row.months = std::max(0, geo::months_between(end, until));
    row.months_with_transfer = 0;
    row.months_without_any = 0;
    for (auto month = history.upper_bound(end); month != history.end(); ++month) {
        if (row.first_licit_income ? month->first >= until : month->first > until) break;
        const bool transfer = of(month->second, IncomeSource::transfer) > 0;
        const bool licit = of(month->second, IncomeSource::licit) > 0;
        if (transfer) ++*row.months_with_transfer;
        if (!transfer && !licit) ++*row.months_without_any;
    }
}

void judge(const History& history, std::optional<geo::Month> reduction, IncomeBridgeRow& row) {
    row.last_observed = history.rbegin()->first;
    if (const auto last_crop = last_crop_month(history)) {
        row.crop_income_end = end_of_crop(*last_crop, history, reduction);
        if (!row.crop_income_end) row.state = BridgeState::still_growing;
    } else {
        const bool lived_of_crop = row.group == HouseholdGroup::grower || row.group == HouseholdGroup::picker;
        if (lived_of_crop && reduction && *row.last_observed > *reduction) {
            row.crop_income_end = reduction;
        } else {
            row.state = BridgeState::no_crop_income;
        }
    }
    if (row.crop_income_end) fill_gap(history, row);
}

std::unordered_map<std::string_view, geo::Month> first_reductions(
    std::span<const regions::EradicationEvent> eradication, geo::Date as_of) {
    std::unordered_map<std::string_view, geo::Month> first;
    for (const regions::EradicationEvent& event : eradication) {
        const bool removes = event.verified == regions::Answer::yes && event.date <= as_of &&
                             event.kind != regions::EradicationKind::pruned_or_renewed && !event.region_id.empty();
        if (!removes) continue;
        const auto [at, is_new] = first.emplace(event.region_id, geo::month_of(event.date));
        if (!is_new) at->second = std::min(at->second, geo::month_of(event.date));
    }
    return first;
}

}  // namespace

std::string_view name_of(BridgeState state) {
    switch (state) {
        case BridgeState::bridged:
            return "bridged";
        case BridgeState::waiting:
            return "waiting";
        case BridgeState::still_growing:
            return "still_growing";
        case BridgeState::no_crop_income:
            return "no_crop_income";
        case BridgeState::unknown:
            break;
    }
    return "unknown";
}

std::vector<IncomeBridgeRow> income_bridge(std::span<const Household> households, std::span<const Income> incomes,
                                           std::span<const regions::EradicationEvent> eradication, geo::Date as_of) {
    std::unordered_map<std::string_view, History> histories;
    const geo::Month now = geo::month_of(as_of);
    for (const Income& income : incomes) {
        if (income.household_id.empty() || income.month > now) continue;
        histories[income.household_id][income.month][static_cast<std::size_t>(income.source)] += income.net_income;
    }
    const auto reductions = first_reductions(eradication, as_of);
    std::vector<IncomeBridgeRow> rows;
    rows.reserve(households.size());
    for (const Household& household : households) {
        IncomeBridgeRow row;
        row.household_id = household.id;
        row.region_id = household.region_id;
        row.group = household.group;
        const auto history = histories.find(household.id);
        const auto reduction = reductions.find(household.region_id);
        if (history != histories.end()) {
            judge(history->second, reduction == reductions.end() ? std::nullopt : std::optional(reduction->second),
                  row);
        }
        rows.push_back(std::move(row));
    }
    std::ranges::sort(rows, {}, [](const IncomeBridgeRow& row) { return std::tie(row.region_id, row.household_id); });
    return rows;
}

}  // namespace vereda::livelihoods
