#include "livelihoods/coverage.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <tuple>

#include "livelihoods/calendar.hpp"
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

/// How far one component has come for one household at one moment.
struct Reach {
    bool promised = false;
    bool delivered = false;
    bool confirmed = false;
    bool disputed = false;

    void take(const Delivery& delivery, geo::Date day) {
        if (delivery.promised_on && *delivery.promised_on <= day) promised = true;
        if (!delivery.delivered_on || *delivery.delivered_on > day) return;
        delivered = true;
        confirmed = confirmed || delivery.confirmation == Confirmation::confirmed;
        disputed = disputed || delivery.confirmation == Confirmation::disputed;
    }
};

/// Deliveries to one household or one region, with their component's position.
struct Part {
    std::size_t component;
    const Delivery* delivery;
};

/// Region, group, sex, ethnicity; "all" where a row is not about that.
using Stratum = std::tuple<std::string, std::string, std::string, std::string>;

struct Counts {
    long registered = 0;
    std::array<long, component_count + 1> promised{};
    std::array<long, component_count + 1> delivered{};
    std::array<long, component_count + 1> confirmed{};
    std::array<long, component_count + 1> disputed{};
};

std::string or_unknown(const std::string& word) {
    return word.empty() ? "unknown" : word;
}

std::array<Stratum, 4> strata_of(const Household& household) {
    const std::string all = "all";
    return {Stratum{household.region_id, all, all, all},
            Stratum{household.region_id, std::string(name_of(household.group)), all, all},
            Stratum{household.region_id, all, or_unknown(household.sex), all},
            Stratum{household.region_id, all, all, or_unknown(household.ethnicity)}};
}

class DeliveriesOf {
  public:
    explicit DeliveriesOf(std::span<const Delivery> deliveries) {
        for (const Delivery& delivery : deliveries) {
            auto& target =
                delivery.household_id.empty() ? by_region_[delivery.region_id] : by_household_[delivery.household_id];
            target.push_back({position_of(delivery.component), &delivery});
        }
    }
    [[nodiscard]] std::array<Reach, component_count + 1> reach(const Household& household, geo::Date day) const {
        std::array<Reach, component_count + 1> reach{};
        take(by_household_, household.id, day, reach);
        take(by_region_, household.region_id, day, reach);
        return reach;
    }
    /// Rows that reach nobody: their household or region is not in the register.
    [[nodiscard]] long without(std::span<const Household> households) const {
        std::map<std::string_view, bool> ids;
        std::map<std::string_view, bool> regions;
        for (const Household& household : households) {
            ids[household.id] = true;
            regions[household.region_id] = true;
        }
        std::size_t lost = 0;
        for (const auto& [id, parts] : by_household_)
            if (!ids.contains(id)) lost += parts.size();
        for (const auto& [id, parts] : by_region_)
            if (!regions.contains(id)) lost += parts.size();
        return static_cast<long>(lost);
    }

  private:
    using Parts = std::map<std::string_view, std::vector<Part>>;

    static void take(const Parts& parts, std::string_view id, geo::Date day,
                     std::array<Reach, component_count + 1>& reach) {
        const auto found = parts.find(id);
        if (found == parts.end()) return;
        for (const Part& part : found->second) {
            reach[part.component].take(*part.delivery, day);
            reach[any_component].take(*part.delivery, day);
        }
    }

    Parts by_household_;
    Parts by_region_;
};

void add(Counts& counts, const std::array<Reach, component_count + 1>& reach) {
    ++counts.registered;
    for (std::size_t i = 0; i <= component_count; ++i) {
        counts.promised[i] += reach[i].promised ? 1 : 0;
        counts.delivered[i] += reach[i].delivered ? 1 : 0;
        counts.confirmed[i] += reach[i].confirmed ? 1 : 0;
        counts.disputed[i] += reach[i].disputed ? 1 : 0;
    }
}

std::string_view component_name(std::size_t position) {
    return position == any_component ? std::string_view("any") : component_words[position].text;
}

}  // namespace

std::vector<CoverageRow> coverage(std::span<const Household> households, std::span<const Delivery> deliveries,
                                  std::span<const int> years, geo::Diagnostics& diagnostics) {
    const DeliveriesOf delivered(deliveries);
    const Roll roll(households);
    if (const long lost = delivered.without(households); lost > 0) {
        diagnostics.add(
            {geo::Severity::warning, {"coverage.deliveries_to_nobody"_msg, {{"count", std::to_string(lost)}}}, {}});
    }
    std::array<bool, component_count + 1> in_use{};
    in_use[any_component] = true;
    for (const Delivery& delivery : deliveries)
        in_use[position_of(delivery.component)] = true;

    std::vector<CoverageRow> rows;
    for (const int year : years) {
        const geo::Date day = last_day_of(year);
        std::map<Stratum, Counts> strata;
        for (const Household& household : households) {
            if (!roll.holds(household, day)) continue;
            const auto reach = delivered.reach(household, day);
            for (const Stratum& stratum : strata_of(household))
                add(strata[stratum], reach);
        }
        for (const auto& [stratum, counts] : strata) {
            for (std::size_t i = 0; i <= component_count; ++i) {
                if (!in_use[i]) continue;
                CoverageRow row;
                std::tie(row.region_id, row.group, row.sex, row.ethnicity) = stratum;
                row.period = std::to_string(year);
                row.component = component_name(i);
                row.registered = counts.registered;
                row.promised = counts.promised[i];
                row.delivered = counts.delivered[i];
                row.delivered_share = static_cast<double>(row.delivered) / static_cast<double>(row.registered);
                row.confirmed = counts.confirmed[i];
                row.disputed = counts.disputed[i];
                rows.push_back(std::move(row));
            }
        }
    }
    std::ranges::sort(rows, {}, [](const CoverageRow& row) {
        return std::tie(row.region_id, row.period, row.group, row.sex, row.ethnicity, row.component);
    });
    return rows;
}

}  // namespace vereda::livelihoods
