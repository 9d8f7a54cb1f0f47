#include "app/open_months.hpp"

#include <charconv>

namespace vereda::app {

namespace {

constexpr int months_of_a_year = 12;

std::optional<int> parse_month(std::string_view text) {
    int month = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), month);
    if (error != std::errc{} || end != text.data() + text.size() || month < 1 || month > months_of_a_year)
        return std::nullopt;
    return month;
}

}  // namespace

std::optional<Months> parse_months(std::string_view text) {
    constexpr std::string_view separators = ",; \t";
    Months months;
    for (std::size_t begin = text.find_first_not_of(separators); begin != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
        const std::string_view part = text.substr(begin, end - begin);
        const std::size_t dash = part.find('-');
        const auto first = parse_month(part.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : parse_month(part.substr(dash + 1));
        if (!first || !last) return std::nullopt;
        for (int month = *first;; month = month % months_of_a_year + 1) {
            months.set(static_cast<std::size_t>(month) - 1);
            if (month == *last) break;
        }
        begin = text.find_first_not_of(separators, end);
    }
    if (months.none()) months.set();
    return months;
}

}  // namespace vereda::app
