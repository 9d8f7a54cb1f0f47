#include "geo/date.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace vereda::geo {

namespace {

/// Splits "a<sep>b<sep>c" into exactly N runs of digits of the given lengths; empty when it is not so.
template <std::size_t N>
std::optional<std::array<int, N>> digits(std::string_view text, char separator,
                                         const std::array<std::array<std::size_t, 2>, N>& lengths) {
    std::array<int, N> values{};
    for (std::size_t i = 0; i < N; ++i) {
        const std::size_t end = i + 1 < N ? text.find(separator) : text.size();
        if (end == std::string_view::npos) return std::nullopt;
        const std::string_view part = text.substr(0, end);
        const bool all_digits = std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
        if (!all_digits || part.size() < lengths[i][0] || part.size() > lengths[i][1]) return std::nullopt;
        std::from_chars(part.data(), part.data() + part.size(), values[i]);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return values;
}

std::optional<Date> real_day(int year, int month, int day) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date);
}

}  // namespace

std::optional<Date> parse_date(std::string_view text, DateOrder order) {
    if (const auto iso = digits<3>(text, '-', {{{4, 4}, {2, 2}, {2, 2}}}))
        return real_day((*iso)[0], (*iso)[1], (*iso)[2]);
    if (order == DateOrder::iso_only) return std::nullopt;
    for (const char separator : {'/', '-'}) {
        if (const auto d = digits<3>(text, separator, {{{1, 2}, {1, 2}, {4, 4}}}))
            return real_day((*d)[2], (*d)[1], (*d)[0]);
    }
    return std::nullopt;
}

std::optional<std::chrono::month_day> parse_month_day(std::string_view text) {
    const auto parts = digits<2>(text, '-', {{{2, 2}, {2, 2}}});
    if (!parts) return std::nullopt;
    const std::chrono::month_day day{std::chrono::month(static_cast<unsigned>((*parts)[0])),
                                     std::chrono::day(static_cast<unsigned>((*parts)[1]))};
    return day.ok() ? std::optional(day) : std::nullopt;
}

std::optional<Month> parse_month(std::string_view text, DateOrder order) {
    if (const auto day = parse_date(text, order)) {
        const std::chrono::year_month_day of_day(*day);
        return of_day.year() / of_day.month();
    }
    std::optional<Month> month;
    if (const auto iso = digits<2>(text, '-', {{{4, 4}, {2, 2}}})) {
        month = std::chrono::year((*iso)[0]) / std::chrono::month(static_cast<unsigned>((*iso)[1]));
    } else if (order == DateOrder::day_month_year) {
        if (const auto m = digits<2>(text, '/', {{{1, 2}, {4, 4}}})) {
            month = std::chrono::year((*m)[1]) / std::chrono::month(static_cast<unsigned>((*m)[0]));
        }
    }
    return month && month->ok() ? month : std::nullopt;
}

std::string to_iso(Date date) {
    const std::chrono::year_month_day day(date);
    return fmt::format("{:04d}-{:02d}-{:02d}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

std::string to_iso(Month month) {
    return fmt::format("{:04d}-{:02d}", static_cast<int>(month.year()), static_cast<unsigned>(month.month()));
}

int year_of(Date date) {
    return static_cast<int>(std::chrono::year_month_day(date).year());
}

}  // namespace vereda::geo
