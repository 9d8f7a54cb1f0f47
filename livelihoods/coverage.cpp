#include "livelihoods/coverage.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <numeric>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "livelihoods/period.hpp"
#include "livelihoods/roll.hpp"
#include "livelihoods/vocabulary.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

constexpr std::size_t component_count = component_words.size();
constexpr std::size_t any_component = component_count;  ///< position of "any" behind the components

std::size_t position_of(Component component) {
    return static_cast<std::size_t>(std::ranges::find(component_words, component, &Word<Component>::value) -
                                    component_words.begin());
}

std::string_view component_name(std::size_t position) {
    return position == any_component ? std::string_view("any") : component_words[position].text;
}

enum Step : std::size_t { promised, delivered, confirmed, disputed };
constexpr std::size_t steps = 4;
constexpr int never = std::numeric_limits<int>::max();

/// The first period by whose end each component had come to each step.
struct Reach {
    std::array<std::array<int, steps>, component_count + 1> first;

    Reach() {
        for (auto& of_component : first)
            of_component.fill(never);
    }
    void take(std::size_t component, Step step, int period) {
        for (const std::size_t at : {component, any_component})
            first[at][step] = std::min(first[at][step], period);
    }
    void take(const Reach& other) {
        for (std::size_t c = 0; c < first.size(); ++c)
            for (std::size_t s = 0; s < steps; ++s)
                first[c][s] = std::min(first[c][s], other.first[c][s]);
    }
};

/// Position of the first period that holds the day; never behind the last.
class Calendar {
  public:
    explicit Calendar(std::span<const Period> periods) {
        for (const Period& period : periods)
            last_days_.push_back(period.last_day);
    }
    [[nodiscard]] int first_with(geo::Date day) const {
        const auto found = std::ranges::lower_bound(last_days_, day);
        return found == last_days_.end() ? never : static_cast<int>(found - last_days_.begin());
    }

  private:
    std::vector<geo::Date> last_days_;
};

/// What each household and region got, from one pass over the deliveries.
class Deliveries {
  public:
    Deliveries(std::span<const Household> households, std::span<const Delivery> deliveries, const Calendar& calendar)
        : by_household_(households.size()) {
        std::unordered_map<std::string_view, std::size_t> position;
        for (std::size_t i = 0; i < households.size(); ++i) {
            position.emplace(households[i].id, i);
            by_region_.try_emplace(households[i].region_id);
        }
        for (const Delivery& delivery : deliveries) {
            Reach* reach = nullptr;
            if (delivery.household_id.empty()) {
                const auto region = by_region_.find(delivery.region_id);
                if (region != by_region_.end()) reach = &region->second;
            } else if (const auto found = position.find(delivery.household_id); found != position.end()) {
                reach = &by_household_[found->second];
            }
            in_use_[position_of(delivery.component)] = true;
            if (reach == nullptr) {
                ++to_nobody_;
            } else {
                add(delivery, calendar, *reach);
            }
        }
        in_use_[any_component] = true;
    }
    [[nodiscard]] Reach of(std::size_t household, std::string_view region) const {
        Reach reach = by_household_[household];
        reach.take(by_region_.find(region)->second);
        return reach;
    }
    [[nodiscard]] bool in_use(std::size_t component) const { return in_use_[component]; }
    [[nodiscard]] long to_nobody() const { return to_nobody_; }

  private:
    static void add(const Delivery& delivery, const Calendar& calendar, Reach& reach) {
        const std::size_t component = position_of(delivery.component);
        if (delivery.promised_on) reach.take(component, promised, calendar.first_with(*delivery.promised_on));
        if (!delivery.delivered_on) return;
        const int period = calendar.first_with(*delivery.delivered_on);
        reach.take(component, delivered, period);
        if (delivery.confirmation == Confirmation::confirmed) reach.take(component, confirmed, period);
        if (delivery.confirmation == Confirmation::disputed) reach.take(component, disputed, period);
    }

    std::vector<Reach> by_household_;
    std::unordered_map<std::string_view, Reach> by_region_;
    std::array<bool, component_count + 1> in_use_{};
    long to_nobody_ = 0;
};

/// Group, sex, ethnicity; "all" where a row is not about that.
using Stratum = std::tuple<std::string, std::string, std::string>;

std::string or_unknown(const std::string& word) {
    return word.empty() ? "unknown" : word;
}

std::array<Stratum, 4> strata_of(const Household& household) {
    const std::string all = "all";
    return {Stratum{all, all, all}, Stratum{std::string(name_of(household.group)), all, all},
            Stratum{all, or_unknown(household.sex), all}, Stratum{all, all, or_unknown(household.ethnicity)}};
}

/// Households that newly come to each step in each period; accumulated, the state in each.
struct Arrivals {
    std::vector<long> registered;
    std::array<std::array<std::vector<long>, steps>, component_count + 1> reached;

    explicit Arrivals(std::size_t periods) : registered(periods) {}
    void add(const Reach& reach, int registered_in) {
        ++registered[static_cast<std::size_t>(registered_in)];
        for (std::size_t c = 0; c <= component_count; ++c) {
            for (std::size_t s = 0; s < steps; ++s) {
                const int in = std::max(reach.first[c][s], registered_in);
                if (in == never) continue;
                auto& counts = reached[c][s];
                if (counts.empty()) counts.resize(registered.size());
                ++counts[static_cast<std::size_t>(in)];
            }
        }
    }
    void accumulate() {
        std::partial_sum(registered.begin(), registered.end(), registered.begin());
        for (auto& of_component : reached)
            for (std::vector<long>& counts : of_component)
                std::partial_sum(counts.begin(), counts.end(), counts.begin());
    }
};

/// Positions of the components in use, by name.
std::vector<std::size_t> components_by_name(const Deliveries& deliveries) {
    std::vector<std::size_t> components;
    for (std::size_t c = 0; c <= component_count; ++c)
        if (deliveries.in_use(c)) components.push_back(c);
    std::ranges::sort(components, {}, component_name);
    return components;
}

/// Positions of the periods by name: a year stands before its quarters.
std::vector<std::size_t> periods_by_name(std::span<const Period> periods) {
    std::vector<std::size_t> order(periods.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t p) -> const std::string& { return periods[p].name; });
    return order;
}

/// By sex and by ethnicity, quarters tell of "any" only.
bool is_told(const Stratum& stratum, std::size_t component, const Period& period) {
    const auto& [group, sex, ethnicity] = stratum;
    return period.is_year || component == any_component || (sex == "all" && ethnicity == "all");
}

/// The numbers of the words that all regions share.
struct RowWords {
    std::vector<CoverageRows::Word> periods;
    std::vector<CoverageRows::Word> components;
};

RowWords row_words(std::span<const Period> periods, CoverageRows& rows) {
    RowWords words;
    for (const Period& period : periods)
        words.periods.push_back(rows.word(period.name));
    for (std::size_t c = 0; c <= component_count; ++c)
        words.components.push_back(rows.word(component_name(c)));
    return words;
}

class RegionCoverage {
  public:
    RegionCoverage(std::string_view region_id, std::span<const Period> periods)
        : region_id_(region_id), periods_(periods) {}

    void add(const Household& household, const Reach& reach, int registered_in) {
        for (const Stratum& stratum : strata_of(household))
            strata_.try_emplace(stratum, periods_.size()).first->second.add(reach, registered_in);
    }

    /// Told by `words`, those of periods and components at their positions.
    void append_rows(std::span<const std::size_t> components, std::span<const std::size_t> periods,
                     const RowWords& words, CoverageRows& rows) {
        const CoverageRows::Word region = rows.word(region_id_);
        std::vector<CoverageRows::Words> named;
        for (auto& [stratum, arrivals] : strata_) {
            arrivals.accumulate();
            const auto& [group, sex, ethnicity] = stratum;
            named.push_back({region, 0, rows.word(group), rows.word(sex), rows.word(ethnicity), 0});
        }
        for (const std::size_t period : periods) {
            auto row = named.begin();
            for (const auto& [stratum, arrivals] : strata_) {
                (*row)[1] = words.periods[period];
                for (const std::size_t component : components) {
                    (*row)[5] = words.components[component];
                    if (is_told(stratum, component, periods_[period]))
                        append_row(*row, arrivals, component, period, rows);
                }
                ++row;
            }
        }
    }

  private:
    static void append_row(const CoverageRows::Words& words, const Arrivals& arrivals, std::size_t component,
                           std::size_t period, CoverageRows& rows) {
        const auto registered = static_cast<std::uint32_t>(arrivals.registered[period]);
        if (registered == 0) return;
        const auto reached = [&](Step step) {
            const std::vector<long>& counts = arrivals.reached[component][step];
            return counts.empty() ? 0U : static_cast<std::uint32_t>(counts[period]);
        };
        rows.add(words, {registered, reached(promised), reached(delivered), reached(confirmed), reached(disputed)});
    }

    std::string_view region_id_;
    std::span<const Period> periods_;
    std::map<Stratum, Arrivals> strata_;
};

/// The period in which the household comes onto the register; never: not within the study.
int registered_in(const Household& household, const Roll& roll, std::span<const Period> periods) {
    const auto found =
        std::ranges::find_if(periods, [&](const Period& period) { return roll.holds(household, period.last_day); });
    return found == periods.end() ? never : static_cast<int>(found - periods.begin());
}

}  // namespace

CoverageRows coverage(std::span<const Household> households, std::span<const Delivery> deliveries,
                      std::span<const int> years, geo::Diagnostics& diagnostics) {
    const std::vector<Period> periods = quarters_and_years(years);
    const Calendar calendar(periods);
    const Deliveries given(households, deliveries, calendar);
    if (given.to_nobody() > 0) {
        diagnostics.add({geo::Severity::warning,
                         {"coverage.deliveries_to_nobody"_msg, {{"count", std::to_string(given.to_nobody())}}},
                         {}});
    }
    const Roll roll(households);
    std::map<std::string_view, std::vector<std::size_t>> by_region;
    for (std::size_t i = 0; i < households.size(); ++i)
        by_region[households[i].region_id].push_back(i);

    const std::vector<std::size_t> components = components_by_name(given);
    const std::vector<std::size_t> order = periods_by_name(periods);
    CoverageRows rows;
    const RowWords words = row_words(periods, rows);
    for (const auto& [region_id, members] : by_region) {
        RegionCoverage region(region_id, periods);
        for (const std::size_t i : members) {
            const int period = registered_in(households[i], roll, periods);
            if (period != never) region.add(households[i], given.of(i, region_id), period);
        }
        region.append_rows(components, order, words, rows);
    }
    return rows;
}

}  // namespace vereda::livelihoods
