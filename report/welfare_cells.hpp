/// One value of welfare as HTML, with its interval and how it moved.
#pragma once

#include "report/page_context.hpp"

namespace vereda::report {

/// "61.2 % (55–67)", or that it is unknown.
[[nodiscard]] std::string welfare_value(const PageContext& page, const livelihoods::WelfareRow& row);
/// "got better", "got worse", "no clear change", or that nobody knows. A word, for places without marks.
[[nodiscard]] std::string welfare_trend(const PageContext& page, Trend trend);

/// One number of an indicator: shares as percents.
[[nodiscard]] std::string welfare_number(const PageContext& page, double value, const std::string& unit);

}  // namespace vereda::report
