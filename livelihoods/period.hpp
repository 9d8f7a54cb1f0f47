/// Quarters and years, as tables name them: "2018-Q3", "2018". A period stands for the state on its last day.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/date.hpp"

namespace vereda::livelihoods {

struct Period {
    std::string name;
    geo::Date last_day;
    bool is_year = false;
};

/// "2018-Q3" of any day in July to September 2018.
[[nodiscard]] std::string quarter_of(geo::Date date);
/// The four quarters of every year, each followed by the year itself behind its fourth, in order of time; each year
/// once.
[[nodiscard]] std::vector<Period> quarters_and_years(std::span<const int> years);
/// Whether a period's name is that of a year.
[[nodiscard]] inline bool names_a_year(std::string_view period) {
    return period.size() == 4;
}

}  // namespace vereda::livelihoods
