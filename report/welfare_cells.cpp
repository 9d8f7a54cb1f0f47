#include "report/welfare_cells.hpp"

namespace vereda::report {

using geo::operator""_msg;

std::string welfare_number(const PageContext& page, double value, const std::string& unit) {
    if (unit == "share" || unit == "1") return page.numbers.percent(value);
    return page.numbers.plain(value);
}

std::string welfare_value(const PageContext& page, const livelihoods::WelfareRow& row) {
    if (!row.value) return "<span class=\"unknown\">" + page.html("value.unknown"_msg) + "</span>";
    std::string text = welfare_number(page, *row.value, row.unit);
    if (row.lo && row.hi) {
        text += " (" + welfare_number(page, *row.lo, row.unit) + "–" + welfare_number(page, *row.hi, row.unit) + ")";
    }
    return text;
}

std::string welfare_trend(const PageContext& page, Trend trend) {
    switch (trend) {
        case Trend::better:
            return page.html("trend.better"_msg);
        case Trend::worse:
            return page.html("trend.worse"_msg);
        case Trend::same:
            return page.html("trend.same"_msg);
        case Trend::unknown:
            break;
    }
    return page.html("value.unknown"_msg);
}

}  // namespace vereda::report
