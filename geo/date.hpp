/// Calendar dates are days, never times; months are for incomes and prices.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vereda::geo {

using Date = std::chrono::sys_days;
using Month = std::chrono::year_month;

/// How day and month are ordered where a date is not written the ISO way.
enum class DateOrder { iso_only, day_month_year };

/// YYYY-MM-DD always; DD/MM/YYYY and DD-MM-YYYY (leading zeros optional) with day_month_year. A time of day after the
/// date is refused. Empty for anything else, impossible days (2023-02-29) and bare serial numbers included.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text, DateOrder order);
/// YYYY-MM, MM/YYYY with day_month_year, or the month of a day that parse_date() reads: so spreadsheets keep months.
[[nodiscard]] std::optional<Month> parse_month(std::string_view text, DateOrder order);

/// MM-DD of any year; 02-29 is taken.
[[nodiscard]] std::optional<std::chrono::month_day> parse_month_day(std::string_view text);

[[nodiscard]] std::string to_iso(Date date);
[[nodiscard]] std::string to_iso(Month month);
[[nodiscard]] int year_of(Date date);
/// Days between, later minus earlier.
[[nodiscard]] inline int days_between(Date earlier, Date later) {
    return static_cast<int>((later - earlier).count());
}

}  // namespace vereda::geo
