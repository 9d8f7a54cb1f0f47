#include "livelihoods/household_income.hpp"

#include <algorithm>
#include <vector>

#include "geo/calendar.hpp"
#include "livelihoods/median.hpp"

namespace vereda::livelihoods {

namespace {

constexpr int months_needed = 9;
constexpr int years_before = 3;
constexpr int months_ahead = 3;

}  // namespace

void HouseholdIncome::add(const Income& income, double factor) {
    Sum& cell = months_[income.month].by_source[static_cast<std::size_t>(income.source)];
    cell.stated += factor * income.net_income;
    if (income.verified == regions::Answer::yes) cell.verified += factor * income.net_income;
    if (income.source == IncomeSource::crop) crop_months_.insert(income.month);
}

HouseholdIncome::LicitYear HouseholdIncome::licit_year_to(geo::Month last) const {
    LicitYear year;
    int observed = 0;
    const auto end = months_.upper_bound(last);
    for (auto month = months_.lower_bound(last - std::chrono::months(11)); month != end; ++month) {
        const Sum& cell = month->second.by_source[static_cast<std::size_t>(IncomeSource::licit)];
        year.recorded.verified += cell.verified;
        year.recorded.stated += cell.stated;
        ++observed;
    }
    if (observed >= months_needed) year.stated = year.recorded.stated * 12.0 / observed;
    return year;
}

std::optional<double> HouseholdIncome::crop_income_before(geo::Month start) const {
    std::vector<double> years;
    for (int back = 0; back < years_before; ++back) {
        const geo::Month first = start - std::chrono::months(12 * (back + 1));
        const geo::Month end = first + std::chrono::months(12);
        if (crop_months_.lower_bound(first) == crop_months_.lower_bound(end)) continue;
        double sum = 0;
        for (auto month = months_.lower_bound(first); month != months_.lower_bound(end); ++month)
            sum += month->second.by_source[static_cast<std::size_t>(IncomeSource::crop)].stated;
        years.push_back(sum);
    }
    if (!years.empty()) return median(std::move(years));
    const auto first_row = months_.lower_bound(start - std::chrono::months(12 * years_before));
    if (first_row == months_.lower_bound(start)) return std::nullopt;
    return 0;
}

std::optional<int> HouseholdIncome::months_to_licit(geo::Month end_of_crop, geo::Month now) const {
    bool observed_after = false;
    const auto end = months_.upper_bound(now);
    for (auto month = months_.lower_bound(end_of_crop - std::chrono::months(months_ahead)); month != end; ++month) {
        observed_after = observed_after || month->first >= end_of_crop;
        if (month->second.by_source[static_cast<std::size_t>(IncomeSource::licit)].stated > 0)
            return std::max(0, geo::months_between(end_of_crop, month->first));
    }
    if (!observed_after) return std::nullopt;
    return geo::months_between(end_of_crop, now);
}

std::optional<geo::Month> HouseholdIncome::last_observed(geo::Month not_after) const {
    const auto after = months_.upper_bound(not_after);
    if (after == months_.begin()) return std::nullopt;
    return std::prev(after)->first;
}

}  // namespace vereda::livelihoods
