/// Who counts as registered on a day.
#pragma once

#include <algorithm>
#include <span>

#include "livelihoods/household.hpp"

namespace vereda::livelihoods {

/// A table of households that gives registration dates or numbers to some is a list of families, of whom those with a
/// date or a number are registered (a number without a date: since always). One that gives them to nobody is the
/// register itself.
class Roll {
  public:
    explicit Roll(std::span<const Household> households)
        : tells_(std::ranges::any_of(households, [](const Household& household) { return is_told(household); })) {}

    [[nodiscard]] bool holds(const Household& household, geo::Date day) const {
        if (household.registered_on) return *household.registered_on <= day;
        return !tells_ || is_told(household);
    }

  private:
    static bool is_told(const Household& household) {
        return household.registered_on.has_value() || !household.registration_id.empty();
    }
    bool tells_;
};

}  // namespace vereda::livelihoods
