#include "livelihoods/income_measures.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>
#include <set>

#include "geo/calendar.hpp"
#include "livelihoods/household_income.hpp"
#include "livelihoods/median.hpp"
#include "livelihoods/share_estimate.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

constexpr std::string_view poverty_good = "poverty_line";

/// What is known about one household on the day. Nullopt: unknown.
struct Standing {
    const Household* household = nullptr;
    std::optional<double> licit;  ///< last twelve months
    std::optional<double> ratio;  ///< licit ÷ crop income before the programme; nullopt without such crop income
    std::optional<bool> secure;   ///< licit and verified at least both the crop income and the poverty line
    std::optional<int> months_without;
};

class RegionIncomes {
  public:
    RegionIncomes(const RegionRecords& records, std::string_view region_id, const IncomeSetting& setting)
        : records_(&records), region_id_(region_id), setting_(&setting) {
        const geo::Month now = geo::month_of(setting.as_of);
        for (const Income* income : records.incomes) {
            if (income->month > now) continue;
            if (!income->currency.empty() && income->currency != setting.currency) continue;
            const std::optional<double> factor = factor_of(income->month);
            if (factor) histories_[income->household_id].add(*income, *factor);
        }
        for (const Delivery* delivery : records.deliveries) {
            if (!delivery->promised_on) continue;
            const auto [first, is_new] = first_promise_.emplace(delivery->household_id, *delivery->promised_on);
            if (!is_new) first->second = std::min(first->second, *delivery->promised_on);
        }
        for (const regions::EradicationEvent* event : records.eradication) {
            const bool removes = event->verified == regions::Answer::yes &&
                                 event->kind != regions::EradicationKind::pruned_or_renewed &&
                                 event->date <= setting.as_of;
            if (removes && (!reduction_ || event->date < *reduction_)) reduction_ = event->date;
        }
    }

    [[nodiscard]] bool empty() const { return histories_.empty(); }

    [[nodiscard]] Standing standing(const Household& household) const {
        Standing result;
        result.household = &household;
        const auto history = histories_.find(household.id);
        if (history == histories_.end()) return result;
        const geo::Month now = geo::month_of(setting_->as_of);
        const HouseholdIncome::LicitYear licit = history->second.licit_year_to(now);
        const std::optional<double> crop = crop_before(household, history->second);
        result.licit = licit.stated;
        if (licit.stated && crop && *crop > 0) result.ratio = *licit.stated / *crop;
        result.secure = secure(licit, crop, poverty_line(household));
        const bool lived_of_crop =
            household.group == HouseholdGroup::grower || household.group == HouseholdGroup::picker;
        if (reduction_ && lived_of_crop)
            result.months_without = history->second.months_to_licit(geo::month_of(*reduction_), now);
        return result;
    }

    /// The region's own mean per household, where the register tells one.
    [[nodiscard]] const HouseholdIncome* regional() const {
        const auto found = histories_.find(std::string_view());
        return found == histories_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] std::optional<geo::Date> start_for(const Household* household) const {
        std::optional<geo::Date> start;
        const auto take = [&](std::optional<geo::Date> date) {
            if (date && (!start || *date < *start)) start = date;
        };
        take(setting_->announcement);
        if (household != nullptr) take(household->agreement_date);
        for (const std::string_view id :
             {household != nullptr ? std::string_view(household->id) : "", std::string_view()}) {
            const auto promise = first_promise_.find(id);
            if (promise != first_promise_.end()) take(promise->second);
        }
        return start ? start : setting_->programme_start;
    }
    [[nodiscard]] std::optional<geo::Date> as_of() const {
        std::optional<geo::Month> last;
        for (const auto& [id, history] : histories_) {
            const auto seen = history.last_observed(geo::month_of(setting_->as_of));
            if (seen && (!last || *seen > *last)) last = seen;
        }
        if (!last) return std::nullopt;
        return std::min(setting_->as_of, geo::Date(*last / std::chrono::last));
    }

  private:
    /// Nominal money where the study has no index at all; nothing where it has one that does not reach the month.
    [[nodiscard]] std::optional<double> factor_of(geo::Month month) const {
        if (!setting_->prices->has_index()) return 1.0;
        return setting_->prices->deflator(region_id_, month, geo::month_of(setting_->as_of));
    }
    [[nodiscard]] std::optional<double> crop_before(const Household& household, const HouseholdIncome& history) const {
        const std::optional<geo::Date> start = start_for(&household);
        return start ? history.crop_income_before(geo::month_of(*start)) : std::nullopt;
    }
    /// Per household and year, in money of the day.
    [[nodiscard]] std::optional<double> poverty_line(const Household& household) const {
        const Price* line = setting_->prices->latest(poverty_good, region_id_, geo::month_of(setting_->as_of));
        if (line == nullptr) return std::nullopt;
        if (!line->currency.empty() && !setting_->currency.empty() && line->currency != setting_->currency)
            return std::nullopt;
        const std::optional<double> factor = factor_of(line->month);
        if (!factor) return std::nullopt;
        const bool per_person = line->unit.find("person") != std::string::npos;
        if (per_person && !household.members) return std::nullopt;
        return 12 * line->price * *factor * (per_person ? *household.members : 1);
    }
    /// Yes only on what is recorded and verified; no only where even everything stated, over a year told well enough,
    /// is too little; otherwise unknown.
    static std::optional<bool> secure(const HouseholdIncome::LicitYear& licit, std::optional<double> crop,
                                      std::optional<double> line) {
        if (licit.stated) {
            const double most = std::max({*licit.stated, licit.recorded.stated, licit.recorded.verified});
            if ((crop && most < *crop) || (line && most < *line)) return false;
        }
        const bool enough = crop && line && licit.recorded.verified >= *crop && licit.recorded.verified >= *line;
        return enough ? std::optional(true) : std::nullopt;
    }

    const RegionRecords* records_;
    std::string_view region_id_;
    const IncomeSetting* setting_;
    std::map<std::string_view, HouseholdIncome> histories_;  ///< by household; the empty id is the region's mean
    std::map<std::string_view, geo::Date> first_promise_;
    std::optional<geo::Date> reduction_;
};

/// The groups of methods §11, G1: everybody, each group, each sex, the landless, each ethnicity.
std::vector<std::string> groups_of(const Household& household) {
    std::vector<std::string> groups{"all"};
    groups.push_back(fmt::format("group={}", name_of(household.group)));
    if (!household.sex.empty()) groups.push_back("sex=" + household.sex);
    if (household.land_title == LandTitle::none) groups.emplace_back("landless");
    if (!household.ethnicity.empty()) groups.push_back("ethnicity=" + household.ethnicity);
    return groups;
}

/// The least of all groups large enough; a large group of which nothing is known could be at zero.
Measure lowest_share(std::span<const Standing> standings) {
    std::map<std::string, ShareCount> counts;
    for (const Standing& standing : standings) {
        for (const std::string& group : groups_of(*standing.household)) {
            ShareCount& count = counts[group];
            ++count.all;
            if (!standing.secure) continue;
            ++count.known;
            if (*standing.secure) ++count.met;
        }
    }
    Measure lowest;
    std::string lowest_group;
    double lo = 1;
    double hi = 1;
    for (const auto& [group, count] : counts) {
        if (group != "all" && count.all < least_group) continue;
        const Measure share = share_measure(count);
        lo = std::min(lo, share.lo.value_or(0));
        hi = std::min(hi, share.hi.value_or(1));
        if (!share.value || (lowest.value && *lowest.value <= *share.value)) continue;
        lowest = share;
        lowest_group = fmt::format("{}, n = {} of {}", group, count.known, count.all);
    }
    if (!lowest.value) return {};
    lowest.lo = lo;
    lowest.hi = hi;
    lowest.source = lowest_group;
    return lowest;
}

/// Median with the order-statistic interval of about 95 % (ranks n/2 ± 0.98·√n).
Measure median_measure(std::vector<double> values) {
    Measure measure;
    measure.value = median(values);
    if (!measure.value) return measure;
    std::ranges::sort(values);
    const double n = static_cast<double>(values.size());
    const double half = 0.98 * std::sqrt(n);
    const auto at = [&](double rank) { return values[static_cast<std::size_t>(std::clamp(rank, 1.0, n)) - 1]; };
    measure.lo = at(std::floor(n / 2 - half));
    measure.hi = at(std::ceil(n / 2 + 1 + half));
    measure.source = fmt::format("n = {}", values.size());
    return measure;
}

/// Mean with Student's 95 % interval, none for a single value.
Measure mean_measure(const std::vector<double>& values) {
    Measure measure;
    if (values.empty()) return measure;
    const double n = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    measure.value = mean;
    measure.source = fmt::format("n = {}", values.size());
    if (values.size() < 2) return measure;
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    const double t = boost::math::quantile(boost::math::students_t(n - 1), 0.975);
    const double half = t * std::sqrt(squares / (n - 1) / n);
    measure.lo = mean - half;
    measure.hi = mean + half;
    return measure;
}

/// The region's own row, where the register tells no household's.
void take_regional_mean(const RegionIncomes& incomes, geo::Month now, Measure& net, Measure& ratio) {
    const HouseholdIncome* regional = incomes.regional();
    if (regional == nullptr) return;
    const std::optional<double> licit = regional->licit_year_to(now).stated;
    if (!licit) return;
    net.value = licit;
    const std::optional<geo::Date> start = incomes.start_for(nullptr);
    if (!start) return;
    const double crop = regional->crop_income_before(geo::month_of(*start)).value_or(0.0);
    if (crop > 0) ratio.value = *licit / crop;
}

template <class Value>
std::vector<double> known(std::span<const Standing> standings, std::optional<Value> Standing::*member) {
    std::vector<double> values;
    for (const Standing& standing : standings)
        if (standing.*member) values.push_back(static_cast<double>(*(standing.*member)));
    return values;
}

}  // namespace

void add_income_measures(const RegionRecords& records, std::string_view region_id, const IncomeSetting& setting,
                         Measures& measures) {
    const RegionIncomes incomes(records, region_id, setting);
    if (incomes.empty()) return;
    const std::optional<geo::Date> dated = incomes.as_of();
    const std::string money = setting.prices->has_index() ? "incomes, cpi" : "incomes, not deflated";
    const auto add = [&](std::string name, Measure measure, std::string unit) {
        if (!measure.value) return;
        measure.as_of = dated;
        measure.unit = std::move(unit);
        measure.source = measure.source.empty() ? money : fmt::format("{}; {}", money, measure.source);
        measures.insert_or_assign(std::move(name), std::move(measure));
    };
    std::vector<Standing> standings;
    for (const Household* household : records.households) {
        if (setting.roll->holds(*household, setting.as_of)) standings.push_back(incomes.standing(*household));
    }
    Measure net = mean_measure(known(std::span<const Standing>(standings), &Standing::licit));
    Measure ratio = median_measure(known(std::span<const Standing>(standings), &Standing::ratio));
    if (!net.value) take_regional_mean(incomes, geo::month_of(setting.as_of), net, ratio);
    add("licit_net_income", std::move(net), setting.currency.empty() ? "per year" : setting.currency + " per year");
    add("licit_income_ratio", std::move(ratio), "ratio");
    add("licit_income_share", lowest_share(standings), "share");
    add("months_without_income", median_measure(known(std::span<const Standing>(standings), &Standing::months_without)),
        "months");
}

std::string main_currency(std::span<const Income> incomes, std::span<const Price> prices,
                          geo::Diagnostics& diagnostics) {
    std::map<std::string, long, std::less<>> rows;
    for (const Income& income : incomes)
        if (!income.currency.empty()) ++rows[income.currency];
    std::string main;
    for (const auto& [currency, count] : rows)
        if (main.empty() || count > rows.at(main)) main = currency;
    long others = 0;
    for (const auto& [currency, count] : rows)
        if (currency != main) others += count;
    for (const Price& price : prices)
        if (price.good == poverty_good && !price.currency.empty() && !main.empty() && price.currency != main) ++others;
    if (others > 0) {
        diagnostics.add({geo::Severity::warning,
                         {"facts.currency_mixed"_msg, {{"count", std::to_string(others)}, {"currency", main}}},
                         {}});
    }
    return main;
}

}  // namespace vereda::livelihoods
