#include "livelihoods/need_balance.hpp"

#include <set>

namespace vereda::livelihoods {

std::optional<bool> old_enough(const Household& household, int age, geo::Date day) {
    if (!household.birth_year) return std::nullopt;
    const int years = geo::year_of(day) - *household.birth_year;
    return years == age ? std::nullopt : std::optional(years > age);
}

std::optional<NeedBalance> need_balance(const RulePack& pack, std::span<const Household> households,
                                        const GrownArea& grown, geo::Date day) {
    if (!pack.exempt_need || !pack.exempt_min_age) return std::nullopt;
    NeedBalance balance;
    balance.pack = pack.name;
    balance.day = day;
    balance.in_force = !pack.exempt_ends_on || day <= *pack.exempt_ends_on;
    balance.grown = grown;
    const Roll roll(households);
    std::set<std::string_view> villages;
    for (const Household& household : households) {
        if (!balance.in_force || !roll.holds(household, day)) continue;
        const std::optional<bool> entitled = old_enough(household, *pack.exempt_min_age, day);
        if (entitled == false) continue;
        ++balance.users_hi;
        if (entitled) ++balance.users_lo;
        if (!household.region_id.empty()) villages.insert(household.region_id);
    }
    balance.villages = static_cast<long>(villages.size());
    balance.need_lo = *pack.exempt_need * static_cast<double>(balance.users_lo);
    balance.need_hi = *pack.exempt_need * static_cast<double>(balance.users_hi);
    balance.surplus_lo = grown.lo - balance.need_hi;
    balance.surplus_hi = grown.hi - balance.need_lo;
    return balance;
}

}  // namespace vereda::livelihoods
