#include "livelihoods/period.hpp"

#include <fmt/format.h>
#include <algorithm>

#include "geo/calendar.hpp"

namespace vereda::livelihoods {

std::string quarter_of(geo::Date date) {
    const std::chrono::year_month_day day(date);
    return fmt::format("{:04}-Q{}", int{day.year()}, (static_cast<unsigned>(day.month()) + 2) / 3);
}

std::vector<Period> quarters_and_years(std::span<const int> years) {
    std::vector<int> ordered(years.begin(), years.end());
    std::ranges::sort(ordered);
    ordered.erase(std::ranges::unique(ordered).begin(), ordered.end());
    std::vector<Period> periods;
    for (const int year : ordered) {
        for (const unsigned month : {3U, 6U, 9U, 12U}) {
            const geo::Date last(std::chrono::year(year) / std::chrono::month(month) / std::chrono::last);
            periods.push_back({quarter_of(last), last, false});
        }
        periods.push_back({fmt::format("{:04}", year), geo::last_day_of(year), true});
    }
    return periods;
}

}  // namespace vereda::livelihoods
