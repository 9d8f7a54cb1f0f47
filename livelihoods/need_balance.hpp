/// What grows against what a register of exempted users needs (Laos: opium for personal use): a range, no list of
/// people.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "livelihoods/household.hpp"
#include "livelihoods/roll.hpp"
#include "livelihoods/rule_pack.hpp"

namespace vereda::livelihoods {

/// Old enough on the day by the year of birth alone, nullopt where that cannot tell (unknown, or the very year).
[[nodiscard]] std::optional<bool> old_enough(const Household& household, int age, geo::Date day);

struct GrownArea {
    geo::Hectares area;
    geo::Hectares lo;
    geo::Hectares hi;
};

struct NeedBalance {
    std::string pack;
    geo::Date day;
    bool in_force = true;  ///< false: the exemption has ended, and no need counts
    long villages = 0;     ///< regions in which registered users live
    long users_lo = 0;     ///< surely entitled
    long users_hi = 0;     ///< with those whose age is not known
    geo::Hectares need_lo;
    geo::Hectares need_hi;
    GrownArea grown;
    geo::Hectares surplus_lo;  ///< grown.lo − need_hi; negative: less grows than is needed
    geo::Hectares surplus_hi;  ///< grown.hi − need_lo
};

/// Nullopt where the pack sets no need or no age: it refuses to guess.
[[nodiscard]] std::optional<NeedBalance> need_balance(const RulePack& pack, std::span<const Household> households,
                                                      const GrownArea& grown, geo::Date day);

}  // namespace vereda::livelihoods
