/// Months as agencies count them.
#pragma once

#include "geo/date.hpp"

namespace vereda::geo {

[[nodiscard]] inline Month month_of(Date date) {
    const std::chrono::year_month_day day(date);
    return day.year() / day.month();
}

/// The same day so many months later, or the month's last day where it has no such day (31 January + 1 = 28 February).
[[nodiscard]] inline Date plus_months(Date date, int months) {
    const std::chrono::year_month_day day(date);
    const std::chrono::year_month month = day.year() / day.month() + std::chrono::months(months);
    const auto moved = month / day.day();
    return moved.ok() ? Date(moved) : Date(month / std::chrono::last);
}

/// Whole months from one to the other, negative backwards.
[[nodiscard]] inline int months_between(Month from, Month to) {
    return static_cast<int>((to - from).count());
}

[[nodiscard]] inline Date last_day_of(int year) {
    return Date(std::chrono::year(year) / std::chrono::December / std::chrono::last);
}

}  // namespace vereda::geo
